package io.livesale.catalog.web;

import io.livesale.catalog.Problem;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a request whose target or headers are longer than any honest one's, or that two readers could understand
 * differently: a path with {@code //}, {@code ..}, {@code ;} or an encoded slash, escapes that are none or no UTF-8, and
 * of some headers more than one.
 */
@Singleton
final class PlainRequests implements HttpServerOptionsCustomizer {
    private static final int BEFORE_METHODS = 1_000_000;
    /** The server refuses what is longer without a word, so it reads more than we take. */
    private static final int LONGEST_LINE = 64 * 1024;
    /** As much as browsers and proxies agree on. */
    private static final int LONGEST_TARGET = 4096;
    /** In characters: a token and cookies, several times over. */
    private static final int LARGEST_HEADERS = 16 * 1024;

    /** What RFC 3986 allows in a path, without {@code ;}. */
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9/._~!$&'()*+,=:@%-]*");
    /** An escaped control character, {@code % . / ;} or backslash; a segment that is empty or of dots. */
    private static final Pattern TRICKY =
            Pattern.compile("%([01].|2[5ef]|3b|5c|7f)|/(?=/)|/\\.{1,2}(?=/|$)", Pattern.CASE_INSENSITIVE);

    /** Two of one would leave open which is meant. */
    private static final List<String> SINGLE = List.of("Authorization", "Content-Type", "Idempotency-Key");

    private static final String JSON = MediaType.APPLICATION_JSON;
    /** Empty, it is a file all the same. */
    private static final String FILE = "text/csv";

    private static final Pattern PRINTABLE = Pattern.compile("[!-~]*");

    private final Refusals refusals;

    PlainRequests(Refusals refusals) {
        this.refusals = refusals;
    }

    /** HTTP/2 comes over TLS, which ends before us: an offer to upgrade is passed over and the request answered. */
    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setMaxInitialLineLength(LONGEST_LINE)
                .setMaxHeaderSize(LONGEST_LINE)
                .setHttp2ClearTextEnabled(false);
    }

    void install(@Observes Filters filters) {
        filters.register(this::check, BEFORE_METHODS);
    }

    private void check(RoutingContext request) {
        String target = request.request().uri();
        if (target.length() > LONGEST_TARGET) {
            refusals.answer(request, Problem.URI_TOO_LONG, "At most " + LONGEST_TARGET + " bytes are read.");
        } else if (headerLength(request) > LARGEST_HEADERS) {
            refusals.answer(request, Problem.HEADERS_TOO_LARGE, "At most " + LARGEST_HEADERS + " bytes are read.");
        } else if (SINGLE.stream().anyMatch(header -> isRepeated(request, header))) {
            refusals.answer(request, Problem.INVALID_REQUEST, "Of " + String.join(", ", SINGLE) + " one each is read.");
        } else if (!isPlainPath(request.request().path())) {
            refusals.answer(request, Problem.INVALID_REQUEST, "The path is not plain.");
        } else if (!isPlainQuery(request.request().query())) {
            refusals.answer(request, Problem.INVALID_REQUEST, "The query is not UTF-8 in percent-encoding.");
        } else if (isWithoutBody(request)) {
            // Of whatever type it is said to be: what needs one refuses it as missing, what needs none does not look.
            if (!isFile(request.request().getHeader(HttpHeaders.CONTENT_TYPE))) {
                request.request().headers().set(HttpHeaders.CONTENT_TYPE, JSON);
            }
            request.next();
        } else if (!isMediaType(request.request().getHeader(HttpHeaders.CONTENT_TYPE))) {
            refusals.answer(request, Problem.UNSUPPORTED_MEDIA_TYPE, "The content type is none.");
        } else {
            request.next();
        }
    }

    private static boolean isFile(@Nullable String type) {
        return type != null && type.startsWith(FILE);
    }

    private static boolean isMediaType(@Nullable String text) {
        if (text == null || text.equals(JSON)) {
            return true;
        }
        try {
            return MediaType.valueOf(text).getSubtype().indexOf('/') < 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isWithoutBody(RoutingContext request) {
        return BodyLimit.contentLength(request) == 0
                && !request.request().headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    private static boolean isRepeated(RoutingContext request, String header) {
        return request.request().headers().getAll(header).size() > 1;
    }

    private static int headerLength(RoutingContext request) {
        int length = 0;
        for (Map.Entry<String, String> header : request.request().headers()) {
            length += header.getKey().length() + header.getValue().length();
        }
        return length;
    }

    static boolean isPlainPath(String path) {
        return PATH.matcher(path).matches() && !TRICKY.matcher(path).find() && isUtf8(path);
    }

    static boolean isPlainQuery(@Nullable String query) {
        return query == null || PRINTABLE.matcher(query).matches() && isUtf8(query);
    }

    /** Whether every escape is one and the bytes they stand for are text. */
    private static boolean isUtf8(String escaped) {
        if (escaped.indexOf('%') < 0) {
            return true;
        }
        ByteBuffer bytes = ByteBuffer.allocate(escaped.length());
        for (int at = 0; at < escaped.length(); at++) {
            char character = escaped.charAt(at);
            if (character != '%') {
                bytes.put((byte) character);
            } else if (at + 2 < escaped.length() && isHex(escaped, at + 1)) {
                bytes.put((byte) HexFormat.fromHexDigits(escaped, at + 1, at + 3));
                at += 2;
            } else {
                return false;
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean isHex(String text, int from) {
        return HexFormat.isHexDigit(text.charAt(from)) && HexFormat.isHexDigit(text.charAt(from + 1));
    }
}
