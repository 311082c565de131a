package io.livesale.e2e;

import io.livesale.e2e.ApiDocument.Operation;
import io.livesale.e2e.FuzzRequest.Framing;
import io.livesale.e2e.FuzzRequest.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Ways to break a request. Each leaves it to others what else is broken. */
final class FuzzDamage {
    /** The server under a service reads 64 KiB of a line before anyone can tell it what to say. */
    private static final int AS_MUCH_AS_IS_READ = 65_000;

    private static final List<String> PATH_TRICKS =
            FuzzInput.list("""
            ;x   ;a=b   %3B   %3bx   //   /   %2F   %2f..%2f   /..   /.   /%2e%2e/   %zz   %   %0   %00   %c3%28
            %ff   %ed%a0%80   \u00e9   \u00ff   %5c   \\   <   |   ^   `   {x}   %0d%0aX:y   #x   %25   ~   +   ?
            ?&&==   ?=   ?%zz   ?a=%ff   ?a=%c0%80   ?a=\u00e9   ?a=b;c   ?a=%00   ?limit=   ?limit=-1   ?cursor=%00
            ?cursor=zzz   ?cursor=-1   ?limit=1&limit=2""", "?" + "a=b&".repeat(800), "/" + "x".repeat(5000), "?q=" + "x".repeat(70000));

    private static final List<String> HEADERS = FuzzInput.list(
            """
            Accept: */*;q=0   Accept: application/json;q=0   Accept: application/json;q=0.0, text/csv;q=0
            Accept: ;;;   Accept: text/csv   Accept: application/xml   Accept: a   Accept: */json
            Accept: application/json;q=x   Accept: ,   Accept: application/json, a;q=0, ;q=0   Accept:
            Accept: application/json, application/json;q=0   Accept: */*;q=0.00, text/html
            Accept-Language: zz-ZZ-zz;q=9,*   Accept-Encoding: gzip;q=0, *;q=0   Accept-Charset: utf-7
            Content-Type: text/plain   Content-Type: application/json;charset=utf-16
            Content-Type: application/json;charset=none   Content-Type: garbage   Content-Type:
            Content-Type: application/x-www-form-urlencoded   Content-Type: multipart/form-data
            Content-Type: text/csv;charset=x   Content-Type: */*   Content-Type: a/b/c   Content-Encoding: gzip
            Authorization:   Authorization: Bearer   Authorization: Bearer a.b.c   Authorization: Basic x
            Authorization: Basic Og==   Authorization: Bearer \u00e9   Authorization: Digest a=b   Idempotency-Key:
            Idempotency-Key: \u00e9   Prefer: wait=-1   Prefer: wait=999999999999   Prefer: wait="1   Prefer: ;;=,
            Prefer: wait=1;wait=2   Last-Event-ID: \u00ff   If-None-Match: *   If-Modified-Since: yesterday
            Range: bytes=9-1   Expect: the-impossible   Expect: 100-continue   Cookie: =;;=
            X-Forwarded-For: ', 1.2.3.4   X-Forwarded-Host: evil\u00e9   Forwarded: for="   Upgrade: h2c
            Upgrade: websocket   traceparent: 00-zz-zz-zz   Origin: null   Connection: upgrade
            X-HTTP-Method-Override: DELETE   webhook-id: \u00e9   webhook-timestamp: -1   webhook-signature: v1,=
            Host: x y""",
            "Idempotency-Key: " + "k".repeat(65),
            "Cookie: " + "c=d;".repeat(50),
            "X: " + "x".repeat(70_000),
            "Y: " + "y".repeat(12_000),
            "Z: " + "z".repeat(20_000));

    private static final List<String> METHODS =
            List.of("DELETE", "PATCH", "OPTIONS", "TRACE", "HEAD", "POST", "PUT", "GET", "PROPFIND", "get", "FOO");

    private static final List<byte[]> NO_UTF_8 = List.of(
            bytes(0xff), bytes(0xc3, 0x28), bytes(0xed, 0xa0, 0x80), bytes(0xc0, 0x80), bytes(0xf8, 0x88, 0x80));

    private final FuzzInput input;
    private final List<BiConsumer<FuzzRequest, Operation>> ways = List.of(
            this::wrongField,
            this::wrongField,
            this::wrongField,
            this::unknownField,
            this::missingField,
            this::doubledField,
            this::wrongBody,
            this::noUtf8,
            this::cutBody,
            this::trickyPath,
            this::trickyPath,
            this::oddHeader,
            this::oddHeader,
            this::otherMethod,
            this::longBody,
            this::longChunk,
            this::noBody,
            this::noRequest);

    FuzzDamage(FuzzInput input) {
        this.input = input;
    }

    void apply(FuzzRequest request, Operation operation) {
        input.any(ways).accept(request, operation);
    }

    private void wrongField(FuzzRequest request, Operation operation) {
        Map<String, String> fields = input.fields(operation);
        if (!fields.isEmpty()) {
            String name = input.any(new ArrayList<>(fields.keySet()));
            fields.put(name, input.wrongValue());
            body(request, FuzzInput.object(fields), "wrong " + name);
        }
    }

    private void unknownField(FuzzRequest request, Operation operation) {
        Map<String, String> fields = input.fields(operation);
        fields.put("class", input.wrongValue());
        body(request, FuzzInput.object(fields), "unknown field");
    }

    private void missingField(FuzzRequest request, Operation operation) {
        Map<String, String> fields = input.fields(operation);
        fields.keySet().removeIf(name -> input.chance(50));
        body(request, FuzzInput.object(fields), "missing field");
    }

    private void doubledField(FuzzRequest request, Operation operation) {
        String object = FuzzInput.object(input.fields(operation));
        body(request, object.replaceFirst("}$", "," + object.substring(1)), "doubled fields");
    }

    private void wrongBody(FuzzRequest request, Operation operation) {
        body(request, input.wrongValue(), "wrong body");
    }

    private void longBody(FuzzRequest request, Operation operation) {
        request.body = " ".repeat(200_000).getBytes(StandardCharsets.US_ASCII);
        request.broken("long body", Kind.ODD);
    }

    /** Too long as well, and no header says so. */
    private void longChunk(FuzzRequest request, Operation operation) {
        request.framing = Framing.CHUNKED;
        longBody(request, operation);
    }

    private void noBody(FuzzRequest request, Operation operation) {
        request.body = new byte[0];
        request.broken("no body", Kind.WELL_FORMED);
    }

    private static void body(FuzzRequest request, String json, String how) {
        request.body = json.getBytes(StandardCharsets.UTF_8);
        request.broken(how, Kind.WELL_FORMED);
    }

    private void noUtf8(FuzzRequest request, Operation operation) {
        byte[] whole = request.body;
        int at = whole.length / 2;
        byte[] bad = input.any(NO_UTF_8);
        byte[] made = Arrays.copyOf(whole, whole.length + bad.length);
        System.arraycopy(bad, 0, made, at, bad.length);
        System.arraycopy(whole, at, made, at + bad.length, whole.length - at);
        request.body = made;
        request.broken("no UTF-8", Kind.WELL_FORMED);
    }

    private void cutBody(FuzzRequest request, Operation operation) {
        request.body = Arrays.copyOf(request.body, request.body.length / 2);
        request.broken("cut off", Kind.WELL_FORMED);
    }

    private void trickyPath(FuzzRequest request, Operation operation) {
        String trick = input.any(PATH_TRICKS);
        int at = request.target.indexOf('/', 1);
        boolean inside = at > 0 && !trick.startsWith("?") && input.chance(50);
        request.target = inside
                ? request.target.substring(0, at) + trick + request.target.substring(at)
                : request.target + trick;
        request.broken("path", trick.length() < AS_MUCH_AS_IS_READ ? Kind.ODD : Kind.NO_REQUEST);
    }

    private void oddHeader(FuzzRequest request, Operation operation) {
        String header = input.any(HEADERS);
        String name = header.substring(0, header.indexOf(':'));
        request.replaceHeader(name, header.substring(name.length() + 1).strip());
        boolean readable = header.length() < AS_MUCH_AS_IS_READ && !header.startsWith("Host");
        request.broken(name, readable ? Kind.ODD : Kind.NO_REQUEST);
    }

    private void otherMethod(FuzzRequest request, Operation operation) {
        request.method = input.any(METHODS);
        request.broken("method", Kind.ODD);
    }

    private void noRequest(FuzzRequest request, Operation operation) {
        int length = request.body.length;
        switch (input.any(List.of(
                "host", "hosts", "lengths", "length", "chunks", "longer", "name", "colon", "version", "line", "star",
                "space"))) {
            case "host" -> request.headers.removeIf(header -> header.startsWith("Host"));
            case "hosts" -> request.headers.add("Host: other");
            case "lengths" -> {
                request.headers.add("Content-Length: " + (length + 1));
                request.unfinished = true;
            }
            case "length" -> {
                request.framing = Framing.NONE;
                request.headers.add(
                        "Content-Length: " + input.any(List.of("-1", "abc", "1e3", "99999999999999999999", "+1", "")));
            }
            case "chunks" -> {
                request.framing = Framing.NONE;
                request.headers.add(
                        "Transfer-Encoding: " + input.any(List.of("chunked", "chunked, chunked", "gzip", "x")));
                request.body = input.any(List.of(
                                "zz\r\nabc\r\n",
                                "-1\r\n\r\n",
                                "5\r\n{}",
                                "fffffffff\r\n{}\r\n",
                                "2\r\n{}}}\r\n0\r\n\r\n"))
                        .getBytes(StandardCharsets.US_ASCII);
                request.unfinished = true;
            }
            case "longer" -> {
                request.framing = Framing.NONE;
                request.headers.add("Content-Length: " + (length + 100));
                request.unfinished = true;
            }
            case "name" ->
                request.headers.add(
                        input.any(List.of("X Y: z", "\u00e9: z", ": z", "X\u0000: z", "X: \u0000z", "X: \u0007")));
            case "colon" -> request.headers.add("no colon at all");
            case "version" -> request.target += input.any(List.of(" HTTP/9.9", " HTTX", " "));
            case "line" -> request.target = "";
            case "star" ->
                request.target =
                        input.any(List.of("*", "x", "http://[", "http://localhost:99999/x", "localhost:80", "\u0000"));
            default -> request.target = request.target.replace("/", "/ ");
        }
        request.broken("no request", Kind.NO_REQUEST);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
