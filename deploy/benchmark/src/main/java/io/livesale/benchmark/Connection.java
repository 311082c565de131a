package io.livesale.benchmark;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/**
 * One HTTP/1.1 connection to the service, kept alive, one request at a time. Knows just enough of the protocol: a status
 * and a body with a {@code Content-Length}.
 */
final class Connection implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;
    private static final int HEAD_INCOMPLETE = -1;
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final byte[] LENGTH = "\r\ncontent-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RETRY_AFTER = "\r\nretry-after:".getBytes(StandardCharsets.US_ASCII);

    private final ByteBuffer request = ByteBuffer.allocateDirect(BUFFER);
    private final ByteBuffer response = ByteBuffer.allocateDirect(BUFFER);
    private final SocketChannel channel;
    private final SelectionKey key;
    private long intended;

    private Connection(SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
        key.attach(this);
    }

    static Connection open(int port, Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        return new Connection(channel, channel.register(selector, SelectionKey.OP_READ));
    }

    /** Sends the next request; its time runs from when it was to start. */
    void send(Requests requests, long intendedStart) throws IOException {
        intended = intendedStart;
        requests.next(request.clear());
        request.flip();
        write();
    }

    /** Goes on where the channel allows; true once the whole answer is there. */
    boolean advance() throws IOException {
        if (key.isWritable()) {
            write();
        }
        if (!key.isReadable()) {
            return false;
        }
        if (channel.read(response) < 0) {
            throw new EOFException("closed by the service");
        }
        int end = end();
        if (end != HEAD_INCOMPLETE && end > response.capacity()) {
            throw new IOException("an answer of " + end + " bytes");
        }
        return end != HEAD_INCOMPLETE && response.position() >= end;
    }

    private void write() throws IOException {
        channel.write(request);
        key.interestOps(SelectionKey.OP_READ | (request.hasRemaining() ? SelectionKey.OP_WRITE : 0));
    }

    /** Where the answer ends, once its head is there. */
    private int end() {
        int length = 0;
        for (int at = 0; at + 4 <= response.position(); at++) {
            if (response.get(at) == '\r') {
                if (response.get(at + 2) == '\r') {
                    return at + 4 + length;
                }
                if (is(LENGTH, at)) {
                    length = number(at + LENGTH.length);
                }
            }
        }
        return HEAD_INCOMPLETE;
    }

    private boolean is(byte[] header, int at) {
        if (at + header.length > response.position()) {
            return false;
        }
        for (int i = 0; i < header.length; i++) {
            int there = response.get(at + i);
            if ((there >= 'A' && there <= 'Z' ? there + ('a' - 'A') : there) != header[i]) {
                return false;
            }
        }
        return true;
    }

    private int number(int at) {
        int number = 0;
        for (int i = at; i < response.position() && response.get(i) != '\r'; i++) {
            if (response.get(i) != ' ') {
                number = 10 * number + response.get(i) - '0';
            }
        }
        return number;
    }

    long intended() {
        return intended;
    }

    int status() {
        return 100 * (response.get(STATUS_AT) - '0')
                + 10 * (response.get(STATUS_AT + 1) - '0')
                + response.get(STATUS_AT + 2)
                - '0';
    }

    /** Refused for now: 429 or 503, and told when to come back. */
    boolean isToComeBack() {
        return (status() == 429 || status() == 503)
                && IntStream.range(0, response.position()).anyMatch(at -> is(RETRY_AFTER, at));
    }

    /** The whole answer as text, for an error to be shown. */
    String answer() {
        return StandardCharsets.UTF_8.decode(response.duplicate().flip()).toString();
    }

    /** Ready for the next request. */
    void reset() {
        response.clear();
    }

    @Override
    public void close() throws IOException {
        key.cancel();
        channel.close();
    }
}
