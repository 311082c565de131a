package io.livesale.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** HTTP/1.1 as bytes, for a client library would mend what is broken here on purpose. One connection a request. */
final class RawHttp {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int LONGEST_ANSWER = 8 * 1024 * 1024;
    private static final Pattern INTERIM = Pattern.compile("HTTP/1\\.1 1\\d\\d .*", Pattern.DOTALL);

    private RawHttp() {}

    /** @param headers by their names in small letters; the last of a name counts */
    record Answer(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        boolean isStream() {
            return header("content-type").startsWith("text/event-stream");
        }
    }

    /**
     * What is answered; empty when the connection ends without an answer. Of an event stream only the head is read.
     *
     * @param unfinished no more will come: the sending half is closed
     * @throws IllegalStateException when nothing happens for a while
     */
    static Optional<Answer> exchange(int port, byte[] request, boolean unfinished) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout((int) PATIENCE.toMillis());
            send(socket, request);
            if (unfinished) {
                socket.shutdownOutput();
            }
            return read(socket.getInputStream());
        } catch (SocketTimeoutException e) {
            throw new IllegalStateException("no answer within " + PATIENCE, e);
        } catch (SocketException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whoever refuses by the headers may have hung up before all was sent; the answer is there all the same. */
    private static void send(Socket socket, byte[] request) throws IOException {
        try {
            socket.getOutputStream().write(request);
        } catch (SocketException e) {
            socket.setSoTimeout(1000);
        }
    }

    private static Optional<Answer> read(InputStream in) throws IOException {
        String head = head(in);
        while (INTERIM.matcher(head).matches()) {
            head = head(in);
        }
        if (head.isEmpty()) {
            return Optional.empty();
        }
        String[] lines = head.split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (int line = 1; line < lines.length; line++) {
            String[] header = lines[line].split(":", 2);
            headers.put(header[0].toLowerCase(Locale.ROOT), header[1].strip());
        }
        Answer told = new Answer(Integer.parseInt(lines[0].split(" ")[1]), headers, "");
        return Optional.of(told.isStream() ? told : new Answer(told.status(), headers, body(in, headers)));
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.write(next);
            if (next == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static String body(InputStream in, Map<String, String> headers) throws IOException {
        if (headers.containsKey("content-length")) {
            int length = Integer.parseInt(headers.get("content-length"));
            return new String(in.readNBytes(Math.min(length, LONGEST_ANSWER)), StandardCharsets.UTF_8);
        }
        return headers.containsKey("transfer-encoding") ? chunks(in) : "";
    }

    private static String chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int length = Integer.parseInt(line(in), 16);
        while (length > 0) {
            body.write(in.readNBytes(length));
            line(in);
            length = Integer.parseInt(line(in), 16);
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
