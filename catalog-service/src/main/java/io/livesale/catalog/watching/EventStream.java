package io.livesale.catalog.watching;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;

/** Server-sent events (WHATWG HTML, 9.2) to one client, written by ourselves for their sender to notice a slow reader. */
final class EventStream {
    private static final Buffer HEARTBEAT = Buffer.buffer(":\n\n");

    private final HttpServerRequest request;
    private final HttpServerResponse response;

    EventStream(HttpServerRequest request) {
        this.request = request;
        this.response = request.response();
    }

    /** @param data one line of text, as JSON is */
    static Buffer event(String name, String id, String data) {
        return Buffer.buffer("event: " + name + "\nid: " + id + "\ndata: " + data + "\n\n");
    }

    /** The id of the last event that this client has seen of an earlier stream; empty for none. */
    static String lastEventId(HttpServerRequest request) {
        String id = request.getHeader("Last-Event-ID");
        return id == null ? "" : id;
    }

    /** @param comeBackAfter what a client waits that is cut off, or finds the end of the stream */
    void begin(Duration comeBackAfter) {
        response.setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                // nginx, as an Ingress too, would otherwise keep events back until a buffer is full.
                .putHeader("X-Accel-Buffering", "no");
        write(Buffer.buffer("retry: " + comeBackAfter.toMillis() + "\n\n"));
    }

    /** The same buffer may go to any number of clients. */
    void write(Buffer events) {
        if (isOpen()) {
            response.write(events);
        }
    }

    /** A comment, which clients pass over. */
    void heartbeat() {
        write(HEARTBEAT);
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
