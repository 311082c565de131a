package io.livesale.local;

import io.livesale.stack.KafkaBroker;
import io.livesale.stack.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Starts Kafka and PostgreSQL side by side, then the services side by side, and waits until each can be used. */
final class Processes {
    /** A slow disk and a busy machine included; far beyond it something is wrong. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final long POLL_MILLIS = 100;

    private final Ports ports;
    private final DataFolder data;
    private final Children children;
    private final Progress progress;
    private final ExecutorService waiting = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "waiting");
        thread.setDaemon(true);
        return thread;
    });

    Processes(Ports ports, DataFolder data, Children children, Progress progress) {
        this.ports = ports;
        this.data = data;
        this.children = children;
        this.progress = progress;
    }

    /** Returns when both can be used and every topic and database is there. */
    void startInfrastructure() {
        List<String> postgres = new ArrayList<>(List.of("-Xmx64m", "-XX:TieredStopAtLevel=1"));
        postgres.addAll(onLeash(PostgresServer.class, data.postgres().toString(), Integer.toString(ports.postgres())));
        Arrays.stream(Service.values()).map(Service::database).forEach(postgres::add);
        List<String> kafka = new ArrayList<>(List.of("-Xmx512m"));
        kafka.addAll(onLeash(KafkaBroker.class, data.kafka().toString(), Integer.toString(ports.kafka())));

        children.newGroup();
        Child postgresServer = children.add(() -> Child.startReporting("PostgreSQL", data.log("postgresql"), postgres));
        children.newGroup();
        Child kafkaBroker = children.add(() -> Child.startReporting("Kafka", data.log("kafka"), kafka));
        allOf(inBackground(() -> awaitReport(kafkaBroker)), inBackground(() -> awaitReport(postgresServer)));
        data.markInitialized();
    }

    /** Returns when all three are ready. */
    void startServices(Path repository) {
        children.newGroup();
        allOf(Arrays.stream(Service.values())
                .map(service -> {
                    Child child = children.add(() -> Child.start(
                            service.folder(),
                            data.log(service.folder()),
                            service.javaCommand(repository),
                            service.environment(ports, data)));
                    return inBackground(() -> awaitReadiness(child, ports.of(service)));
                })
                .toArray(CompletableFuture<?>[]::new));
    }

    private static List<String> onLeash(Class<?> server, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("-cp", System.getProperty("java.class.path"), Leash.class.getName(), server.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private void awaitReport(Child child) {
        progress.step(child.name(), () -> {
            boolean ready = CompletableFuture.supplyAsync(child::saysReady, waiting)
                    .completeOnTimeout(false, PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
            if (!ready) {
                throw notStarted(child);
            }
            children.watch(child);
            return child;
        });
    }

    private void awaitReadiness(Child child, int port) {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        progress.step(child.name(), () -> {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!isReady(client, question)) {
                boolean ended = child.process().waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (ended || System.nanoTime() > deadline) {
                    throw notStarted(child);
                }
            }
            children.watch(child);
            return child;
        });
    }

    private CannotStart notStarted(Child child) {
        return new CannotStart(
                children.isStopping()
                        ? "stopped while starting"
                        : child.name() + " did not become ready, see " + child.log());
    }

    private static boolean isReady(HttpClient client, HttpRequest question) throws InterruptedException {
        try {
            return client.send(question, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private CompletableFuture<Void> inBackground(Runnable work) {
        return CompletableFuture.runAsync(work, waiting);
    }

    /** Fails with the first failure without waiting for the others: a service that died must not cost two minutes. */
    private static void allOf(CompletableFuture<?>... steps) {
        CompletableFuture<Void> first = new CompletableFuture<>();
        for (CompletableFuture<?> step : steps) {
            step.whenComplete((result, failure) -> {
                if (failure != null) {
                    first.completeExceptionally(failure);
                }
            });
        }
        CompletableFuture.allOf(steps).thenRun(() -> first.complete(null));
        try {
            first.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof CannotStart reason ? reason : e;
        }
    }
}
