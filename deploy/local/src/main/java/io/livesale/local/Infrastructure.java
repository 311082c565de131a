package io.livesale.local;

import io.livesale.stack.KafkaBroker;
import io.livesale.stack.PostgresServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Starts Kafka and PostgreSQL side by side and waits until both can be used. */
final class Infrastructure {
    private final Ports ports;
    private final DataFolder data;
    private final Children children;
    private final Progress progress;

    Infrastructure(Ports ports, DataFolder data, Children children, Progress progress) {
        this.ports = ports;
        this.data = data;
        this.children = children;
        this.progress = progress;
    }

    /** Returns when every topic and database is there. */
    void start() {
        List<String> postgres = new ArrayList<>(List.of("-Xmx64m", "-XX:TieredStopAtLevel=1"));
        postgres.addAll(onLeash(PostgresServer.class, data.postgres().toString(), Integer.toString(ports.postgres())));
        Arrays.stream(Service.values()).map(Service::database).forEach(postgres::add);
        List<String> kafka = new ArrayList<>(List.of("-Xmx512m"));
        kafka.addAll(onLeash(KafkaBroker.class, data.kafka().toString(), Integer.toString(ports.kafka())));

        children.newGroup();
        Child postgresServer = children.add(() -> Child.startReporting("PostgreSQL", data.log("postgresql"), postgres));
        children.newGroup();
        Child kafkaBroker = children.add(() -> Child.startReporting("Kafka", data.log("kafka"), kafka));
        SideBySide.run(List.of(() -> awaitReport(kafkaBroker), () -> awaitReport(postgresServer)));
        data.markInitialized();
    }

    private static List<String> onLeash(Class<?> server, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("-cp", System.getProperty("java.class.path"), Leash.class.getName(), server.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private void awaitReport(Child child) {
        progress.step(child.name(), () -> {
            boolean ready = CompletableFuture.supplyAsync(child::saysReady, SideBySide.THREADS)
                    .completeOnTimeout(false, Child.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
            if (!ready) {
                throw children.notReady(child);
            }
            children.watch(child);
            return child;
        });
    }
}
