package io.livesale.e2e;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What came back for a request that was sent to the letter: no path of it is put right on the way.
 *
 * @param body empty for a stream, which has no end
 */
record Answer(int status, HttpHeaders headers, String body) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    static Answer to(HttpRequest.Builder request) {
        try {
            HttpResponse<InputStream> response =
                    CLIENT.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                boolean endless = contentType(response.headers()).startsWith("text/event-stream");
                String text = endless ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
                return new Answer(response.statusCode(), response.headers(), text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(request.build().uri().toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** With nothing but the address. */
    static Answer toGet(String address) {
        return to(HttpRequest.newBuilder(URI.create(address)));
    }

    /** What keeps it from being a refusal as a client can read it; empty for a good one. */
    List<String> faultsAsRefusal(int status, String code) {
        return faultsAsRefusal(status, code, status == 401 ? "Bearer" : "");
    }

    /** @param challenge how to come back */
    List<String> faultsAsRefusal(int status, String code, String challenge) {
        List<String> faults = new ArrayList<>(faultsAs(status));
        if (!contentType(headers).equals("application/problem+json")) {
            faults.add("is " + contentType(headers));
        } else {
            JsonObject problem = new JsonObject(body);
            if (problem.getInteger("status") != status
                    || !problem.getString("code").equals(code)) {
                faults.add("says " + problem.encode());
            }
        }
        String asked = headers.firstValue("WWW-Authenticate").orElse("");
        if (!asked.equals(challenge)) {
            faults.add("asks for '" + asked + "'");
        }
        return faults;
    }

    /** Likewise of any answer of a service. */
    List<String> faultsAs(int status) {
        List<String> faults = new ArrayList<>();
        if (this.status != status) {
            faults.add("is " + this.status + " " + body.lines().findFirst().orElse(""));
        }
        if (!headers.allValues("X-Content-Type-Options").equals(List.of("nosniff"))) {
            faults.add("may be taken for something else than it says it is");
        }
        return faults;
    }

    private static String contentType(HttpHeaders headers) {
        return headers.firstValue("Content-Type").orElse("");
    }
}
