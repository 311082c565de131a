package io.livesale.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Asks a service whether it takes requests, the way Kubernetes' probe does. */
final class Readiness {
    private static final long POLL_MILLIS = 100;
    private static final long FOLLOW_MILLIS = 500;
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(2);

    private final HttpClient client = HttpClient.newHttpClient();

    /** Whether the process became ready within this time; false as soon as it has ended. */
    boolean await(Child child, int port, Duration atMost) throws InterruptedException {
        HttpRequest question = question(port, Duration.ofSeconds(5));
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!isReady(question)) {
            boolean ended = child.process().waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (ended || System.nanoTime() > deadline) {
                return false;
            }
        }
        return true;
    }

    /** Tells how it stands, from now on until the process has ended; one that stops says that it is not ready. */
    void follow(Child child, int port, Consumer<Boolean> told) throws InterruptedException {
        HttpRequest question = question(port, LONGEST_ANSWER);
        while (!child.process().waitFor(FOLLOW_MILLIS, TimeUnit.MILLISECONDS)) {
            told.accept(isReady(question));
        }
    }

    private static HttpRequest question(int port, Duration atMost) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                .timeout(atMost)
                .build();
    }

    private boolean isReady(HttpRequest question) throws InterruptedException {
        try {
            return client.send(question, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
