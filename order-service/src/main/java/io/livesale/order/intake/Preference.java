package io.livesale.order.intake;

import java.math.BigInteger;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code Prefer} header (RFC 7240). What cannot be understood is ignored, as the RFC asks. */
final class Preference {
    private static final BigInteger LONGEST_WAIT = BigInteger.TEN;
    private static final Pattern WAIT =
            Pattern.compile("(?:^|[,;])\\s*wait\\s*=\\s*\"?(\\d+)\"?\\s*(?:$|[,;])", Pattern.CASE_INSENSITIVE);

    private Preference() {}

    /** How long the caller would wait for the outcome: 0 to 10 s. */
    static Duration waitOf(@Nullable String prefer) {
        if (prefer == null) {
            return Duration.ZERO;
        }
        Matcher wait = WAIT.matcher(prefer);
        if (!wait.find()) {
            return Duration.ZERO;
        }
        BigInteger asked = new BigInteger(wait.group(1));
        return Duration.ofSeconds(asked.min(LONGEST_WAIT).intValue());
    }
}
