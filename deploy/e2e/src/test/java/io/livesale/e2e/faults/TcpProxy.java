package io.livesale.e2e.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Stands between a service and PostgreSQL or Kafka, on loopback. Passes everything on until told to delay, to cut, or to
 * cut right after a request it looks for, so that the request is carried out and its answer never comes.
 */
final class TcpProxy implements AutoCloseable {
    private static final int CHUNK = 16 * 1024;
    /** Long enough for the other side to carry out what was sent, before the line is gone. */
    private static final Duration CARRIED_OUT = Duration.ofMillis(150);

    /** Looks for a request in what a client sends over one connection. */
    interface Watch {
        /** Whether the request's end, or its beginning where that is enough, is in these bytes. */
        boolean sees(byte[] bytes, int length);
    }

    private final ServerSocket server;
    private final int target;
    private final Supplier<Watch> request;
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();
    private final AtomicInteger touched = new AtomicInteger();
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean cut;
    private volatile boolean cutAfterRequest;

    private TcpProxy(ServerSocket server, int target, Supplier<Watch> request) {
        this.server = server;
        this.target = target;
        this.request = request;
    }

    /**
     * Listens on a port of its own.
     *
     * @param target where it passes everything on to
     * @param request what it looks for in each connection
     */
    static TcpProxy to(int target, Supplier<Watch> request) {
        try {
            TcpProxy proxy = new TcpProxy(new ServerSocket(0, 1024, InetAddress.getLoopbackAddress()), target, request);
            start("proxy-" + target, proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /** Every chunk of bytes takes so much longer, in both directions. */
    void delay(Duration each) {
        delay = each;
    }

    /** Ends all connections, and every new one at once. */
    void cut() {
        cut = true;
        lines.forEach(Line::end);
    }

    /** Ends each connection right after a request it looks for went through it, until {@link #heal}. */
    void cutAfterRequest() {
        cutAfterRequest = true;
    }

    /** Everything passes again. */
    void heal() {
        delay = Duration.ZERO;
        cut = false;
        cutAfterRequest = false;
    }

    /** Chunks delayed and connections cut since it was asked last: the proof that a fault happened. */
    int takeTouched() {
        return touched.getAndSet(0);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                open(server.accept());
            } catch (IOException e) {
                // Closed, or nobody listens behind it just now.
            }
        }
    }

    private void open(Socket client) throws IOException {
        if (cut) {
            touched.incrementAndGet();
            client.close();
            return;
        }
        Socket behind = new Socket();
        try {
            behind.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
        } catch (IOException e) {
            client.close();
            throw e;
        }
        client.setTcpNoDelay(true);
        behind.setTcpNoDelay(true);
        Line line = new Line(client, behind);
        lines.add(line);
        start("proxy-in", line::passRequests);
        start("proxy-out", line::passAnswers);
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lines.forEach(Line::end);
    }

    /** One connection. */
    private final class Line {
        private final Socket client;
        private final Socket behind;
        /** Reads along from the first byte, for a request means nothing without what came before it. */
        private final Watch watch = request.get();

        private volatile boolean mute;

        private Line(Socket client, Socket behind) {
            this.client = client;
            this.behind = behind;
        }

        private void passRequests() {
            pass(client, behind, true);
        }

        private void passAnswers() {
            pass(behind, client, false);
        }

        private void pass(Socket from, Socket to, boolean requests) {
            byte[] chunk = new byte[CHUNK];
            try (InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                    waitAsTold();
                    boolean last = requests && watch.sees(chunk, length) && cutAfterRequest;
                    mute |= last;
                    if (!requests && mute) {
                        continue;
                    }
                    out.write(chunk, 0, length);
                    out.flush();
                    if (last) {
                        LockSupport.parkNanos(CARRIED_OUT.toNanos());
                        touched.incrementAndGet();
                        break;
                    }
                }
            } catch (IOException e) {
                // Either side hung up, or we did.
            } finally {
                end();
            }
        }

        private void waitAsTold() {
            Duration told = delay;
            if (!told.isZero()) {
                touched.incrementAndGet();
                LockSupport.parkNanos(told.toNanos());
            }
        }

        private void end() {
            if (lines.remove(this) && cut) {
                touched.incrementAndGet();
            }
            close(client);
            close(behind);
        }

        private static void close(Socket socket) {
            try {
                socket.close();
            } catch (IOException e) {
                // Gone already.
            }
        }
    }
}
