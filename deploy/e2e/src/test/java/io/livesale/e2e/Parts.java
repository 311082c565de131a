package io.livesale.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.local.Child;
import io.livesale.local.LocalParts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A system whose processes a test starts and stops one by one, each service once. */
final class Parts implements AutoCloseable {
    static final String KAFKA = "kafka";
    static final String POSTGRES = "postgresql";

    private static final List<String> COMPILED_QUICKLY = List.of("-XX:TieredStopAtLevel=1");

    private final LocalParts parts;
    private final Map<String, Child> running = new LinkedHashMap<>();

    private Parts(LocalParts parts) {
        this.parts = parts;
    }

    /** Opens the gateway at this port; nothing else runs yet. */
    static Parts open(Path folder, int port) {
        Path repository = Path.of("..", "..").toAbsolutePath().normalize();
        return new Parts(LocalParts.open(repository, folder.resolve("data"), port, 1));
    }

    LocalParts local() {
        return parts;
    }

    String origin() {
        return parts.origin();
    }

    void startKafka() {
        start(KAFKA, () -> parts.startKafka(Map.of()));
        assertTrue(running.get(KAFKA).saysReady());
    }

    void startPostgres() {
        start(POSTGRES, parts::startPostgres);
        assertTrue(running.get(POSTGRES).saysReady());
    }

    /** Side by side; returns when all are ready. */
    void startServices(List<String> services, Map<String, String> environment) throws InterruptedException {
        Map<String, String> settings = new HashMap<>(environment);
        services.forEach(service -> start(service, () -> parts.startService(service, COMPILED_QUICKLY, settings)));
        for (String service : services) {
            assertTrue(parts.awaitReady(running.get(service), Child.PATIENCE), service);
        }
    }

    private void start(String name, Supplier<Child> process) {
        running.put(name, process.get());
    }

    /** As Kubernetes would. */
    void stop(String name) {
        running.remove(name).stop();
        if (parts.services().contains(name)) {
            parts.gone(name);
        }
    }

    @Override
    public void close() {
        List<String> last = new ArrayList<>(running.keySet());
        List<AutoCloseable> steps = new ArrayList<>();
        for (int i = last.size() - 1; i >= 0; i--) {
            String name = last.get(i);
            steps.add(() -> stop(name));
        }
        steps.add(parts);
        Closing.all(steps);
    }
}
