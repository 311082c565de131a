package io.livesale.e2e;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A request to be broken bit by bit, and what may be expected of its answer. Texts are bytes in ISO 8859-1. */
final class FuzzRequest {
    private static final int SHOWN = 300;

    /** How it says where its body ends. */
    enum Framing {
        LENGTH,
        CHUNKED,
        NONE
    }

    /** How far it still is a request. */
    enum Kind {
        /** Only its content may be wrong: it is answered as the document says. */
        WELL_FORMED,
        /** A request, but perhaps of another method or path than the document's. */
        ODD,
        /** What no server can read as a request: whoever reads it first refuses it, or hangs up. */
        NO_REQUEST
    }

    String method;
    String target;
    final List<String> headers = new ArrayList<>();
    byte[] body = new byte[0];
    Framing framing = Framing.LENGTH;
    boolean unfinished;
    Kind kind = Kind.WELL_FORMED;
    private final List<String> done = new ArrayList<>();

    FuzzRequest(String method, String target) {
        this.method = method;
        this.target = target;
        headers.add("Host: localhost");
        headers.add("Connection: close");
    }

    /** Notes what was done to it. */
    FuzzRequest broken(String how, Kind atLeast) {
        done.add(how);
        kind = Kind.values()[Math.max(kind.ordinal(), atLeast.ordinal())];
        return this;
    }

    void replaceHeader(String name, String value) {
        headers.removeIf(header -> header.regionMatches(true, 0, name + ":", 0, name.length() + 1));
        headers.add(name + ": " + value);
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head().getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(content());
        return bytes.toByteArray();
    }

    private byte[] content() {
        if (framing != Framing.CHUNKED) {
            return body;
        }
        String content = new String(body, StandardCharsets.ISO_8859_1);
        String chunk = content.isEmpty() ? "" : "%x\r\n%s\r\n".formatted(body.length, content);
        return (chunk + "0\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private String framingHeader() {
        return switch (framing) {
            case LENGTH -> body.length > 0 || !method.equals("GET") ? "Content-Length: " + body.length + "\r\n" : "";
            case CHUNKED -> "Transfer-Encoding: chunked\r\n";
            case NONE -> "";
        };
    }

    private String head() {
        return method + " " + target + " HTTP/1.1\r\n"
                + headers.stream().map(header -> header + "\r\n").collect(Collectors.joining()) + framingHeader()
                + "\r\n";
    }

    @Override
    public String toString() {
        String sent = new String(bytes(), StandardCharsets.ISO_8859_1).replaceAll("Bearer [^\r]{20}[^\r]*", "Bearer …");
        String shown = sent.length() > SHOWN ? sent.substring(0, SHOWN) + "… (" + sent.length() + ")" : sent;
        return done + " " + shown.replace("\r\n", " | ");
    }
}
