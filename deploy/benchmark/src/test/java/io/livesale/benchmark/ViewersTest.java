package io.livesale.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a server that shows everybody a session and then what it is told to. */
@Timeout(30)
class ViewersTest {
    private static final int COUNT = 3;

    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private ServerSocket server;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, COUNT, InetAddress.getLoopbackAddress());
        Thread accepting = new Thread(this::accept, "accepting");
        accepting.setDaemon(true);
        accepting.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                write(client, "HTTP/1.1 200 OK\r\n\r\nevent: session\nid: 1\ndata: {\"pinnedOfferId\":\"none\"}\n\n");
                clients.add(client);
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        for (Socket client : clients) {
            client.close();
        }
    }

    @Test
    void countsEachViewerOnceHoweverItsTextIsCutUp() {
        // given
        UUID offer = UUID.randomUUID();
        String pin = "event: pin\nid: 2\ndata: {\"pinnedOfferId\":\"" + offer + "\"}\n\n";
        try (Viewers viewers = new Viewers(server.getLocalPort(), UUID.randomUUID(), COUNT)) {
            viewers.takeTimes();
            // when
            long due = System.nanoTime() - Duration.ofMillis(100).toNanos();
            viewers.await(offer, due, () -> {
                writeAll("x".repeat(40_000) + pin.substring(0, 60));
                Lab.pause(Duration.ofMillis(50));
                writeAll(pin.substring(60) + pin);
            });
            // then
            Histogram times = viewers.takeTimes();
            assertEquals(COUNT, times.getTotalCount());
            assertTrue(times.getMinValue() >= 150_000, () -> times.getMinValue() + " µs");
            assertEquals(0, viewers.lost());
        }
    }

    @Test
    void readsTheBytesInUseFromTheEndOfAHistogram() {
        assertEquals(1_234_567, JvmMemory.total("Total         20000        1234567"));
        assertThrows(CannotRun.class, () -> JvmMemory.total("1: no such process"));
    }

    private void writeAll(String text) {
        clients.forEach(client -> write(client, text));
    }

    private static void write(Socket client, String text) {
        try {
            OutputStream out = client.getOutputStream();
            out.write(text.getBytes(StandardCharsets.US_ASCII));
            out.flush();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
