package io.livesale.local;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a person sees once the system stands: what runs where and what to do with it. */
final class Guide {
    private final Ports ports;
    private final DataFolder data;
    private final Path repository;
    private final PrintStream out;

    Guide(Ports ports, DataFolder data, Path repository, PrintStream out) {
        this.ports = ports;
        this.data = data;
        this.repository = repository;
        this.out = out;
    }

    void system(double seconds, Map<Replica, Child> running, Optional<DemoSale.Made> demo) {
        out.printf("%nLive Sale is running (ready in %.1f s)%n", seconds);
        line("gateway", ports.origin() + "  (the API, /dev/tokens, " + Sandbox.PATH + ")");
        running.forEach((replica, child) -> line(
                replica.name(),
                "http://localhost:%d/q/openapi  (process %d)"
                        .formatted(replica.port(), child.process().pid())));
        servers();
        demo.ifPresent(this::demo);
        if (running.size() > Service.values().length) {
            replicas(running);
        }
        stop();
    }

    void infrastructure(double seconds) {
        out.printf("%nKafka and PostgreSQL are running (ready in %.1f s)%n", seconds);
        line(
                "gateway",
                ports.origin() + "  (routes to the services once you start them; /dev/tokens, " + Sandbox.PATH + ")");
        servers();
        for (Replica replica : ports.replicas()) {
            out.printf(
                    "%n  # %s: paste, then mvn quarkus:dev -pl %s%n",
                    replica.name(), replica.service().folder());
            new TreeMap<>(replica.environment(ports, data))
                    .forEach((name, value) -> out.printf("  export %s='%s'%n", name, value));
        }
        stop();
    }

    private void servers() {
        line("Kafka", "localhost:" + ports.kafka());
        String databases = String.join(
                ", ", Arrays.stream(Service.values()).map(Service::database).toList());
        line("PostgreSQL", "localhost:%d  (databases %s)".formatted(ports.postgres(), databases));
        line("logs", shortened(data.logs()));
    }

    private void demo(DemoSale.Made demo) {
        line("demo sale", ports.origin() + "/live/" + demo.sessionId() + "  (sign in as Lin to buy)");
        line("", "pinned offer " + demo.offerId());
        out.printf("""

                  Buy one:
                    token=$(curl -s %1$s/dev/tokens -H 'Accept: text/plain' -d '{"subject": "lin", "roles": ["buyer"]}')
                    curl -s %1$s/orders -H "Authorization: Bearer $token" -H "Idempotency-Key: $RANDOM" -H 'Prefer: wait=10' \\
                      -H 'Content-Type: application/json' -d '{"offerId": "%2$s", "quantity": 1}'
                  Five thousand at once:
                    deploy/local/spike --orders 5000%3$s
                """, ports.origin(), demo.offerId(), ports.gateway() == 8080 ? "" : " --url " + ports.origin());
    }

    private void replicas(Map<Replica, Child> running) {
        Child last = List.copyOf(running.values()).get(running.size() - 1);
        out.printf("""

                  Kill a replica; the rest takes over and it is started again:
                    kill -9 %d
                """, last.process().pid());
    }

    private void stop() {
        out.printf(
                "%n  Stop with Ctrl-C, or: kill %d%n", ProcessHandle.current().pid());
        out.flush();
    }

    private void line(String name, String value) {
        out.printf("  %-16s %s%n", name, value);
    }

    private String shortened(Path path) {
        return path.startsWith(repository) ? repository.relativize(path).toString() : path.toString();
    }
}
