package io.livesale.catalog.watching;

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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client of a session's updates, as a stream page is one. */
final class UpdatesClient implements AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final HttpResponse<InputStream> response;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader = new Thread(this::read, "updates-client");

    /** One event as it arrived. */
    record Event(String name, String id, String data) {
        JsonPath json() {
            return JsonPath.from(data);
        }
    }

    private UpdatesClient(HttpResponse<InputStream> response) {
        this.response = response;
        reader.setDaemon(true);
        reader.start();
    }

    /** Returns once the answer has begun. */
    static UpdatesClient open(int port, String session) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port + "/sessions/" + session + "/updates"))
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

    int status() {
        return response.statusCode();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** Everything received, line by line. */
    List<String> lines() {
        return lines;
    }

    List<Event> events() {
        List<Event> events = new ArrayList<>();
        String name = "";
        String id = "";
        for (String line : lines) {
            if (line.startsWith("event: ")) {
                name = line.substring("event: ".length());
            } else if (line.startsWith("id: ")) {
                id = line.substring("id: ".length());
            } else if (line.startsWith("data: ")) {
                events.add(new Event(name, id, line.substring("data: ".length())));
            }
        }
        return events;
    }

    List<String> names() {
        return events().stream().map(Event::name).toList();
    }

    Event last() {
        List<Event> all = events();
        return all.get(all.size() - 1);
    }

    /** What it was last told to show large; empty for nothing. */
    String pinned() {
        return events().stream()
                .filter(event -> !event.name().equals("offer"))
                .map(event -> event.json().getString("pinnedOfferId"))
                .reduce("", (before, now) -> now == null ? "" : now);
    }

    /** Whether the service ended the stream. */
    boolean isEnded() {
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
