package io.livesale.benchmark;

import io.livesale.local.Child;
import io.livesale.local.ServiceJvm;
import io.livesale.stack.FreePort;
import io.livesale.stack.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of the services, a process of its own on a port of its own. */
final class ServiceProcess {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = FreePort.next();
    private final String name;
    private final Path jar;
    private final Path log;
    private final Map<String, String> environment;
    private @Nullable Child child;

    /** @param environment beside the port */
    ServiceProcess(String name, Path jar, Path log, Map<String, String> environment) {
        this.name = name;
        this.jar = jar;
        this.log = log;
        this.environment = environment;
    }

    /** What every service is told: where Kafka and its database are, and whose tokens it takes. */
    static Map<String, String> environment(String database, int postgresPort, int kafkaPort, Tokens tokens) {
        String address = "localhost:" + postgresPort + "/" + database;
        Map<String, String> environment = new HashMap<>(ServiceJvm.ENVIRONMENT);
        environment.putAll(Map.ofEntries(
                Map.entry("QUARKUS_HTTP_HOST", "127.0.0.1"),
                Map.entry("KAFKA_BOOTSTRAP_SERVERS", "localhost:" + kafkaPort),
                Map.entry("QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://" + address),
                Map.entry("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://" + address),
                Map.entry("QUARKUS_DATASOURCE_USERNAME", database),
                Map.entry("QUARKUS_DATASOURCE_PASSWORD", database),
                Map.entry("QUARKUS_FLYWAY_USERNAME", database + "_owner"),
                Map.entry("QUARKUS_FLYWAY_PASSWORD", database + "_owner"),
                Map.entry("MP_JWT_VERIFY_PUBLICKEY", tokens.publicKey()),
                Map.entry("MP_JWT_VERIFY_ISSUER", Tokens.ISSUER),
                Map.entry("MP_JWT_VERIFY_AUDIENCES", Tokens.AUDIENCE)));
        return environment;
    }

    /**
     * Starts it anew, cold, and returns when it is ready.
     *
     * @param java options of its JVM
     * @param more of its environment
     */
    void start(List<String> java, Map<String, String> more) {
        stop();
        Map<String, String> all = new HashMap<>(environment);
        all.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        all.putAll(more);
        Child started = Child.startService(name, log, java, jar, all);
        child = started;
        long deadline = System.nanoTime() + Child.PATIENCE.toNanos();
        while (status("/q/health/ready") != 200) {
            if (!started.process().isAlive() || System.nanoTime() > deadline) {
                throw new CannotRun(name + " did not become ready, see " + log);
            }
            Lab.pause(LOOK_AGAIN);
        }
    }

    void stop() {
        if (child != null) {
            child.stop();
            child = null;
        }
    }

    boolean isRunning() {
        return child != null;
    }

    long pid() {
        if (child == null) {
            throw new IllegalStateException(name + " is not started");
        }
        return child.process().pid();
    }

    int port() {
        return port;
    }

    /** The answer's status, or 0 when there was none. */
    int status(String path) {
        try {
            return send(HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(5)))
                    .statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** The body of a 2xx; whatever else comes ends the run. */
    String call(String method, String path, String token, String body) {
        return call(method, path, token, body, Duration.ofSeconds(15));
    }

    /** Whatever is no 200 ends the run. */
    void read(String path, String token) {
        call("GET", path, token, "");
    }

    /** The same for what takes its time. */
    String call(String method, String path, String token, String body, Duration patience) {
        try {
            HttpResponse<String> answer = send(HttpRequest.newBuilder(uri(path))
                    .timeout(patience)
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body)));
            if (answer.statusCode() / 100 != 2) {
                throw new CannotRun(
                        method + " " + path + " was answered with " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new CannotRun(method + " " + path + " was not answered: " + e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotRun("interrupted");
        }
    }
}
