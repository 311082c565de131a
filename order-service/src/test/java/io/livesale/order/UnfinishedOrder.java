package io.livesale.order;

import io.livesale.stack.Tokens;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client on a bad line: it has sent the head of an order, and not yet the body. */
public final class UnfinishedOrder implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final int length;

    private UnfinishedOrder(Socket socket, int length) {
        this.socket = socket;
        this.length = length;
    }

    /** @param length of the body to come */
    public static UnfinishedOrder begin(String buyer, int length) {
        try {
            UnfinishedOrder order =
                    new UnfinishedOrder(new Socket(InetAddress.getLoopbackAddress(), RestAssured.port), length);
            order.socket.setSoTimeout(PATIENCE_MILLIS);
            order.write("POST /orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Authorization: Bearer " + Tokens.of(buyer, "buyer") + "\r\nIdempotency-Key: unfinished\r\n"
                    + "Content-Length: " + length + "\r\n\r\n");
            return order;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Sends the body after all, and then another request on the same connection. */
    public void finishAndGet(String path) {
        try {
            write(" ".repeat(length) + "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What comes next, as much as is there; empty when the service has closed the connection. */
    public String read() {
        byte[] answer = new byte[8192];
        try {
            int bytes = socket.getInputStream().read(answer);
            return new String(answer, 0, Math.max(0, bytes), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Goes away without a word. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
