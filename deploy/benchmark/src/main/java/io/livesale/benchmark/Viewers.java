package io.livesale.benchmark;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.HdrHistogram.Histogram;

/**
 * Viewers of one session: connections that read what they are told, all on one thread, because it shares the cores with
 * what it measures.
 */
final class Viewers implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long TICK_MILLIS = 5;
    private static final long LONGEST_MICROS = Duration.ofMinutes(1).toNanos() / 1000;
    private static final int DIGITS = 3;

    private final Selector selector;
    private final Set<Viewer> all = new HashSet<>();
    private final Thread thread = new Thread(this::read, "viewers");
    private final String session;
    private volatile boolean closing;
    private String awaited = "";
    private long since;
    private Histogram times = new Histogram(LONGEST_MICROS, DIGITS);
    private int missing;
    private int lost;

    /** One connection; what it has read since it was last told something that was awaited, as far as it fits. */
    private static final class Viewer {
        private final SocketChannel channel;
        private final ByteBuffer text = ByteBuffer.allocate(1 << 15);
        private boolean waiting;

        Viewer(SocketChannel channel) {
            this.channel = channel;
        }

        /** Reads what is there; true once the text is part of it. */
        boolean reads(String awaited) throws IOException {
            boolean found = false;
            int count;
            while ((count = channel.read(text)) > 0) {
                found |= new String(text.array(), 0, text.position(), StandardCharsets.ISO_8859_1).contains(awaited);
                keep(awaited.length() - 1);
            }
            if (count < 0) {
                throw new EOFException("ended by the service");
            }
            return found;
        }

        /** As much as may be the beginning of what is awaited. */
        private void keep(int most) {
            text.flip();
            text.position(Math.max(0, text.limit() - most));
            text.compact();
        }
    }

    /** Returns once every viewer is shown the session. */
    Viewers(int port, UUID session, int count) {
        this.session = session.toString();
        try {
            selector = Selector.open();
            for (int i = 0; i < count; i++) {
                connect(port);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        begin("event: session", System.nanoTime());
        thread.setDaemon(true);
        thread.start();
        await("the session");
    }

    private void connect(int port) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        String request = "GET /sessions/" + session + "/updates HTTP/1.1\r\nHost: localhost\r\n\r\n";
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        channel.configureBlocking(false);
        Viewer viewer = new Viewer(channel);
        channel.register(selector, SelectionKey.OP_READ, viewer);
        all.add(viewer);
    }

    /**
     * Counts how long it takes until each viewer knows what is pinned.
     *
     * @param due when it was to be pinned, by {@link System#nanoTime}: from then the time runs
     * @param pinning pins it
     */
    void await(UUID pinned, long due, Runnable pinning) {
        begin("\"pinnedOfferId\":\"" + pinned + "\"", due);
        pinning.run();
        await("what is pinned");
    }

    private synchronized void begin(String text, long due) {
        awaited = text;
        all.forEach(viewer -> viewer.waiting = true);
        missing = all.size();
        since = Math.min(due, System.nanoTime());
    }

    private synchronized void await(String what) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (missing > 0 && System.nanoTime() < end) {
                wait(TICK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotRun("interrupted");
        }
        if (missing > 0) {
            throw new CannotRun(missing + " viewers were not told " + what + " within " + PATIENCE.toSeconds() + " s");
        }
    }

    private void read() {
        try {
            while (!closing) {
                selector.select(this::read, TICK_MILLIS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void read(SelectionKey key) {
        Viewer viewer = (Viewer) key.attachment();
        try {
            if (viewer.reads(awaited) && viewer.waiting) {
                told(viewer);
            }
        } catch (IOException e) {
            key.cancel();
            lost++;
        }
    }

    private void told(Viewer viewer) {
        viewer.waiting = false;
        times.recordValue((System.nanoTime() - since) / 1000);
        missing--;
        if (missing == 0) {
            notifyAll();
        }
    }

    /** From here on others are counted; returns those until now. */
    synchronized Histogram takeTimes() {
        Histogram taken = times;
        times = new Histogram(LONGEST_MICROS, DIGITS);
        return taken;
    }

    /** Viewers whose stream ended, though nobody sent them away. */
    synchronized int lost() {
        return lost;
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
            for (Viewer viewer : all) {
                viewer.channel.close();
            }
            selector.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
