package io.livesale.stack;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Finds ports nobody listens on, below those that systems give to outgoing connections: one of these could be taken
 * between being found and being listened on.
 */
public final class FreePort {
    private static final int LOWEST = 10_000;
    private static final int COUNT = 20_000;

    /** Processes that look at the same time begin in different places. */
    private static int next = ThreadLocalRandom.current().nextInt(COUNT);

    private FreePort() {}

    /** A port that was free a moment ago, and that nobody else in this process is given soon. */
    public static int next() {
        return next(1);
    }

    /** The first of ten in a row: no fewer than a system with two order-services and two payout-services takes. */
    public static int firstOfTen() {
        return next(10);
    }

    private static synchronized int next(int inARow) {
        for (int tried = 0; tried < COUNT; tried += inARow) {
            int first = LOWEST + next % (COUNT - inARow);
            next = first - LOWEST + inARow;
            if (IntStream.range(first, first + inARow).allMatch(FreePort::isFree)) {
                return first;
            }
        }
        throw new IllegalStateException("no %d free ports in a row".formatted(inARow));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
