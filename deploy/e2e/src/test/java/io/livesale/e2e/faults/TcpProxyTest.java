package io.livesale.e2e.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {
    /** What a client of PostgreSQL sends first. */
    private static final String START = length(4 + 13) + "\0\3\0\0user\0me\0\0";
    /** Or before even that. */
    private static final String ENCRYPTION = length(8) + "\4\22\26\57";

    private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
    private ServerSocket server;
    private TcpProxy proxy;

    /** Behind it stands somebody who answers everything with "ok". */
    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        proxy = TcpProxy.to(server.getLocalPort(), Watches::commit);
        start(() -> {
            while (true) {
                Socket socket = server.accept();
                start(() -> answer(socket));
            }
        });
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void passesRequestsAndAnswers() throws IOException {
        assertEquals("ok", ask("hello"));
        assertEquals(0, proxy.takeTouched());
    }

    @Test
    void endsWhatIsOpenAndWhatComes() throws IOException {
        try (Socket before = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            assertEquals("ok", ask(before, "hello"));

            proxy.cut();

            assertEquals("", ask(before, "still there?"));
            assertEquals("", ask("anybody?"));
        }
        assertTrue(proxy.takeTouched() >= 2);
        proxy.heal();
        assertEquals("ok", ask("hello again"));
    }

    @Test
    void carriesOutACommitAndSwallowsItsAnswer() throws Exception {
        String look = START + query("BEGIN") + query("SELECT") + query("COMMIT");
        String write = START + query("BEGIN") + query("UPDATE offer SET sold = 1") + query("COMMIT");

        assertEquals("ok", ask(write));
        proxy.cutAfterRequest();
        assertEquals("ok", ask(look));
        assertEquals("", ask(write));

        arrived.take();
        arrived.take();
        assertEquals(write, arrived.poll(5, TimeUnit.SECONDS));
        assertEquals(1, proxy.takeTouched());
    }

    @Test
    void slowsDownBothWays() throws IOException {
        proxy.delay(Duration.ofMillis(100));
        long since = System.nanoTime();

        assertEquals("ok", ask("hello"));

        assertTrue(System.nanoTime() - since >= Duration.ofMillis(200).toNanos());
        assertEquals(2, proxy.takeTouched());
    }

    @Test
    void seesACommitThatComesInPieces() {
        TcpProxy.Watch watch = Watches.commit();
        String commit = query("COMMIT");

        assertEquals(false, sees(watch, START + query("BEGIN") + query("DELETE FROM outbox") + commit.substring(0, 3)));
        assertEquals(true, sees(watch, commit.substring(3)));
        assertEquals(false, sees(watch, commit));
    }

    @Test
    void knowsWhatAStatementPreparedLongAgoDoes() {
        TcpProxy.Watch watch = Watches.commit();
        String prepared =
                message('P', "s1\0INSERT INTO orders\0") + message('P', "s2\0SELECT * FROM orders FOR UPDATE\0");

        assertEquals(false, sees(watch, ENCRYPTION + START + prepared + message('B', "\0s1\0")));
        assertEquals(false, sees(watch, query("BEGIN") + message('B', "\0s2\0") + query("COMMIT")));
        assertEquals(true, sees(watch, query("BEGIN") + message('B', "\0s1\0") + query("COMMIT")));
    }

    @Test
    void tellsAProduceRequestFromOthers() {
        TcpProxy.Watch watch = Watches.produce();
        ByteBuffer fetch = ByteBuffer.allocate(14).putInt(10).putShort((short) 1);
        ByteBuffer produce = ByteBuffer.allocate(9).putInt(5).putShort((short) 0);

        assertEquals(false, watch.sees(fetch.array(), 14));
        assertEquals(false, watch.sees(produce.array(), 8));
        assertEquals(true, watch.sees(new byte[1], 1));
    }

    private static String query(String statement) {
        return message('Q', statement + "\0");
    }

    private static String message(char letter, String content) {
        return letter + length(content.length() + 4) + content;
    }

    private static String length(int length) {
        return new String(ByteBuffer.allocate(4).putInt(length).array(), StandardCharsets.US_ASCII);
    }

    private static boolean sees(TcpProxy.Watch watch, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return watch.sees(bytes, bytes.length);
    }

    private String ask(String question) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            return ask(socket, question);
        }
    }

    /** Empty when the line is gone. */
    private static String ask(Socket socket, String question) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(question.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readNBytes(2), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return "";
        }
    }

    private void answer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] question = new byte[100];
        for (int length = in.read(question); length > 0; length = in.read(question)) {
            arrived.add(new String(question, 0, length, StandardCharsets.US_ASCII));
            socket.getOutputStream().write("ok".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // The test is over, or the line is cut.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
