package io.livesale.e2e.faults;

import io.livesale.e2e.faults.Journal.Entry;
import io.livesale.e2e.faults.Journal.Told;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Somebody at the gateway. Whatever changes something is in the journal before the caller hears of it. */
final class Client {
    /** More than a held answer takes, and little enough to find out soon that a part is gone. */
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private static final int LOOKS = 10;

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final String origin;
    private final String who;
    private final String token;
    private final Journal journal;

    private Client(String origin, String who, String token, Journal journal) {
        this.origin = origin;
        this.who = who;
        this.token = token;
        this.journal = journal;
    }

    /** An answer, or none. */
    record Answer(int status, String body) {
        static final Answer NONE = new Answer(0, "");

        Told told() {
            if (status / 100 == 2) {
                return Told.ACCEPTED;
            }
            return status / 100 == 4 && status != 408 ? Told.REJECTED : Told.UNKNOWN;
        }

        /** Empty where the body is none. */
        JsonObject json() {
            try {
                return new JsonObject(body);
            } catch (DecodeException e) {
                return new JsonObject();
            }
        }

        boolean isDone() {
            return told() == Told.ACCEPTED;
        }

        /** The answer of what has to be done for anything to begin. */
        JsonObject done() {
            if (!isDone()) {
                throw new IllegalStateException("answered " + status + " " + body);
            }
            return json();
        }
    }

    static Client signIn(String origin, String who, Journal journal, String... roles) throws InterruptedException {
        return new Client(origin, who, token(origin, who, roles), journal);
    }

    static String token(String origin, String who, String... roles) throws InterruptedException {
        JsonObject person = JsonObject.of("subject", who, "roles", new JsonArray(List.of(roles)));
        return send(origin, "POST", "/dev/tokens", Map.of(), person).json().getString("token");
    }

    String who() {
        return who;
    }

    /** The same person somewhere else: at one replica, past the gateway. */
    Client at(String elsewhere) {
        return new Client(elsewhere, who, token, journal);
    }

    Answer get(String path) throws InterruptedException {
        return send(origin, "GET", path, Map.of("Authorization", "Bearer " + token), null);
    }

    /** What is there, asked for until there is an answer; empty when there is none for long. */
    JsonObject look(String path) throws InterruptedException {
        Map<String, String> headers = Map.of("Authorization", "Bearer " + token, "Accept", "application/json");
        Answer answer = Answer.NONE;
        for (int attempt = 0; attempt < LOOKS && !answer.isDone(); attempt++) {
            TimeUnit.MILLISECONDS.sleep(attempt * 200L);
            answer = send(origin, "GET", path, headers, null);
        }
        return answer.json();
    }

    /** Asks for a change and notes what was told. */
    Answer ask(
            String did,
            String about,
            String method,
            String path,
            Map<String, String> headers,
            @Nullable JsonObject body)
            throws InterruptedException {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Authorization", "Bearer " + token);
        Answer answer = send(origin, method, path, all, body);
        note(did, about, body == null ? JsonObject.of() : body, answer);
        return answer;
    }

    private void note(String did, String about, JsonObject asked, Answer answer) {
        journal.write(new Entry(Instant.now(), who, did, about, asked, answer.told(), answer.status(), answer.json()));
    }

    Answer post(String did, String about, String path, @Nullable JsonObject body) throws InterruptedException {
        return ask(did, about, "POST", path, Map.of(), body);
    }

    /** Presses the sandbox's button; done when order-service has taken the notice. */
    Answer captures(String orderId, String url) throws InterruptedException {
        Answer answer = send(url, "POST", "", Map.of("Accept", "application/json"), null);
        note("capture", orderId, JsonObject.of(), answer);
        return answer;
    }

    Answer put(String did, String about, String path, JsonObject body) throws InterruptedException {
        return ask(did, about, "PUT", path, Map.of(), body);
    }

    static Answer send(
            String origin, String method, String path, Map<String, String> headers, @Nullable JsonObject body)
            throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + path))
                .timeout(PATIENCE)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode()));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            return Answer.NONE;
        }
    }
}
