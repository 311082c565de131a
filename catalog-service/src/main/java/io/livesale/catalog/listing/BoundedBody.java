package io.livesale.catalog.listing;

import io.livesale.catalog.Problem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;

/** A request's body of bounded length, announced or not, that arrives in time. */
final class BoundedBody extends FilterInputStream {
    private final long longest;
    private final Clock clock;
    private final Instant deadline;
    private long length;

    /** @param longest in bytes */
    BoundedBody(InputStream body, long longest, Clock clock, Instant deadline) {
        super(body);
        this.longest = longest;
        this.clock = clock;
        this.deadline = deadline;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        int read = super.read(bytes, offset, count);
        length += Math.max(read, 0);
        if (length > longest) {
            throw Problem.PAYLOAD_TOO_LARGE.because("At most " + longest + " bytes are read here.");
        }
        if (clock.instant().isAfter(deadline)) {
            throw Problem.REQUEST_TIMEOUT.because("The body did not arrive by " + deadline + ".");
        }
        return read;
    }
}
