package io.livesale.local;

import java.util.Arrays;
import java.util.List;

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
        children.newGroup();
        Child postgres = children.add(() -> Child.startPostgres(
                data.log("postgresql"),
                data.postgres(),
                ports.postgres(),
                Arrays.stream(Service.values()).map(Service::database)));
        children.newGroup();
        Child kafka = children.add(() -> Child.startKafka(data.log("kafka"), data.kafka(), ports.kafka()));
        SideBySide.run(List.of(() -> awaitReady(kafka), () -> awaitReady(postgres)));
        data.markInitialized();
    }

    private void awaitReady(Child child) {
        progress.step(child.name(), () -> {
            if (!child.saysReady()) {
                throw children.notReady(child);
            }
            children.watch(child);
            return child;
        });
    }
}
