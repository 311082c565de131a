package io.livesale.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Ports for systems that run side by side. */
public final class Ports {
    private static final AtomicInteger NEXT = new AtomicInteger(18080);

    private Ports() {}

    /**
     * A port that is free, and as many after it as two order-services and two payout-services take. Nobody else in this
     * process is given them.
     */
    public static int free() {
        return IntStream.generate(() -> NEXT.getAndAdd(10))
                .takeWhile(first -> first < 28080)
                .filter(Ports::allFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no ten free ports in a row"));
    }

    private static boolean allFree(int first) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int port = first; port < first + 10; port++) {
                held.add(new ServerSocket(port));
            }
            return true;
        } catch (IOException e) {
            return false;
        } finally {
            held.forEach(Ports::close);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
