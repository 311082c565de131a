package io.livesale.order.tracking;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.regex.Pattern;

/** Server-sent events (WHATWG HTML, 9.2) to one client, written by ourselves for their sender to notice a slow reader. */
final class EventStream {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Pattern ID = Pattern.compile("\\d{1,18}");

    private final HttpServerRequest request;
    private final HttpServerResponse response;

    EventStream(HttpServerRequest request) {
        this.request = request;
        this.response = request.response();
    }

    /** The last event that this client has seen of an earlier stream; 0 for none, and for what cannot be ours. */
    static long lastEventId(HttpServerRequest request) {
        String id = request.getHeader("Last-Event-ID");
        return id != null && ID.matcher(id).matches() ? Long.parseLong(id) : 0;
    }

    void begin() {
        response.setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                // nginx, as an Ingress too, would otherwise keep events back until a buffer is full.
                .putHeader("X-Accel-Buffering", "no");
        comeBackAfter(SOON);
    }

    /** What a client does that is cut off, or finds the end of the stream. */
    void comeBackAfter(Duration pause) {
        write("retry: " + pause.toMillis() + "\n\n");
    }

    /** @param data one line of text, as JSON is */
    void send(String event, long id, String data) {
        write("event: " + event + "\nid: " + id + "\ndata: " + data + "\n\n");
    }

    /** A comment, which clients pass over. */
    void heartbeat() {
        write(":\n\n");
    }

    private void write(String text) {
        if (isOpen()) {
            response.write(text);
        }
    }

    /** Whether more is waiting for the client to read it than is worth keeping for it. */
    boolean isStalled() {
        return isOpen() && response.writeQueueFull();
    }

    private boolean isOpen() {
        return !response.closed() && !response.ended();
    }

    /** Cuts the client off. Any gentler end would wait for it to read what it has, which is just what it does not do. */
    void drop() {
        if (request.version() == HttpVersion.HTTP_2) {
            response.reset();
        } else {
            // From this handler's context on: closing the connection or the channel as a whole flushes first.
            ((ConnectionBase) request.connection()).channelHandlerContext().close();
        }
    }
}
