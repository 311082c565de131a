package io.livesale.order.tracking;

import io.livesale.stack.Tokens;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client of an order's updates, as a stream page is one. */
public final class UpdatesClient implements AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final HttpResponse<InputStream> response;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader = new Thread(this::read, "updates-client");

    private UpdatesClient(HttpResponse<InputStream> response) {
        this.response = response;
        reader.setDaemon(true);
        reader.start();
    }

    /** Returns once the answer has begun. */
    public static UpdatesClient open(String path, String user, String role) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .header("Authorization", "Bearer " + Tokens.of(user, role))
                .header("Accept", "text/event-stream")
                .build();
        try {
            return new UpdatesClient(HTTP.send(request, BodyHandlers.ofInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (BufferedReader body = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            body.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("broken off");
        }
    }

    public int status() {
        return response.statusCode();
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** Everything received, line by line. */
    public List<String> lines() {
        return lines;
    }

    /** Each state of the order that was received. */
    public List<JsonPath> states() {
        return lines.stream()
                .filter(line -> line.startsWith("data: "))
                .map(line -> JsonPath.from(line.substring("data: ".length())))
                .toList();
    }

    public List<String> statuses() {
        return states().stream().map(order -> order.getString("status")).toList();
    }

    /** Whether the service ended the stream. */
    public boolean isEnded() {
        return !reader.isAlive() && !lines.contains("broken off");
    }

    /** Goes away without a word. */
    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
