package io.livesale.local;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import io.livesale.stack.FreePort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicasTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Replica first = new Replica(Service.ORDER, 1, FreePort.next());
    private final Replica second = new Replica(Service.ORDER, 2, FreePort.next());
    private final List<Child> started = new CopyOnWriteArrayList<>();
    private final List<Child> reported = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private DataFolder data;
    private Children children;
    private Endpoints endpoints;
    private volatile boolean broken;

    /** Stands in for a service: ready at once, or broken and gone at once. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws IOException {
            if (Boolean.parseBoolean(arguments[1])) {
                System.exit(3);
            }
            HttpServer server =
                    HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])), 0);
            server.createContext("/q/health/ready", exchange -> {
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
        }
    }

    @BeforeEach
    void openData() {
        data = DataFolder.open(folder.resolve("data"));
        data.prepare(false);
        children = new Children(new Leftovers(data), reported::add);
    }

    @AfterEach
    void stopAll() {
        children.stop();
    }

    @Test
    void startsAKilledReplicaAgain() {
        startAll(first, second);
        Child victim = started.get(1);

        victim.process().destroyForcibly();

        await().atMost(SOON).untilAsserted(() -> assertThat(said(), containsString("is back after")));
        assertThat(
                said(),
                containsString("order-service-2 (process %d) ended by itself (exit 137)"
                        .formatted(victim.process().pid())));
        assertEquals(Set.of(first, second), receiving());
        assertEquals(List.of(), reported);
    }

    @Test
    void sendsNothingToAReplicaThatIsNotReadyAgain() {
        startAll(first, second);
        broken = true;

        started.get(1).process().destroyForcibly();

        await().atMost(SOON).untilAsserted(() -> assertEquals(Set.of(first), receiving()));
    }

    @Test
    void endsTheSystemWithAReplicaThatKeepsEnding() {
        startAll(first, second);
        broken = true;

        started.get(1).process().destroyForcibly();

        await().atMost(SOON).until(() -> reported.size() == 1);
        assertEquals("order-service-2", reported.get(0).name());
        assertEquals(2 + RestartBudget.RESTARTS, started.size());
        assertThat(said(), containsString("5 restarts within 60 s are enough"));
    }

    @Test
    void endsTheSystemWithAServiceThatRunsAlone() {
        startAll(first);

        started.get(0).process().destroyForcibly();

        await().atMost(SOON).until(() -> reported.size() == 1);
        assertEquals(1, started.size());
    }

    private void startAll(Replica... replicas) {
        endpoints = new Endpoints(List.of(replicas));
        Replicas all = new Replicas(
                List.of(replicas),
                this::start,
                children,
                endpoints,
                new RestartBudget(Clock.systemUTC()),
                Duration.ofMillis(50),
                new PrintStream(said, true, StandardCharsets.UTF_8));
        try (Progress progress = new Progress(new PrintStream(new ByteArrayOutputStream()), false)) {
            all.startAll(progress);
        }
    }

    private Child start(Replica replica) {
        Child child = Child.startServer(
                replica.name(),
                data.log(replica.name()),
                List.of(),
                Program.class,
                Integer.toString(replica.port()),
                Boolean.toString(broken));
        started.add(child);
        return child;
    }

    /** The replicas a request may go to at first. */
    private Set<Replica> receiving() {
        return IntStream.range(0, 50)
                .mapToObj(request -> endpoints.toTry(Service.ORDER).get(0))
                .collect(Collectors.toSet());
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
