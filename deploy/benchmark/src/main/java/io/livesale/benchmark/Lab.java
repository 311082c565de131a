package io.livesale.benchmark;

import io.livesale.stack.Folders;
import io.livesale.stack.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What every part of a run shares: the plan, the buyers, the folders, and the way to a new system. */
final class Lab implements AutoCloseable {
    private static final List<String> POSTGRESQL_SETTINGS = List.of(
            "server_version", "fsync", "synchronous_commit", "full_page_writes", "shared_buffers", "max_wal_size");

    private final Plan plan;
    private final Progress progress;
    private final Settings settings;
    private final Path folder;
    private final Tokens tokens = new Tokens(Tokens.newKeyPair());
    private final Buyers buyers;
    private final Map<String, String> about = new LinkedHashMap<>();
    private int systems;
    private @Nullable SystemUnderTest open;

    /**
     * What the caller may choose.
     *
     * @param repository the checkout whose built services are run
     * @param dataParent the folder below which Kafka and PostgreSQL keep their data meanwhile
     * @param orderJava JVM options of order-service
     */
    record Settings(Path repository, Path dataParent, List<String> orderJava) {
        /** @param service its name, {@code order-service} */
        Path jar(String service) {
            return repository.resolve(service).resolve("target/quarkus-app/quarkus-run.jar");
        }

        Path logs() {
            return repository.resolve("deploy/benchmark/target/logs");
        }
    }

    Lab(Plan plan, Progress progress, Settings settings) {
        this.plan = plan;
        this.progress = progress;
        this.settings = settings;
        Folders.delete(settings.logs());
        try {
            Files.createDirectories(settings.logs());
            this.folder = Files.createTempDirectory(settings.dataParent(), "livesale-benchmark");
        } catch (IOException e) {
            throw new CannotRun("no folder for data or logs: " + e);
        }
        progress.say("signing %,d buyers in", plan.buyers());
        this.buyers = Buyers.signIn(tokens, plan.buyers());
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "lab-close"));
    }

    Plan plan() {
        return plan;
    }

    Progress progress() {
        return progress;
    }

    Settings settings() {
        return settings;
    }

    Buyers buyers() {
        return buyers;
    }

    Tokens tokens() {
        return tokens;
    }

    Path folder() {
        return folder;
    }

    /** A new Kafka and a new PostgreSQL, empty; the one before must be closed. */
    synchronized SystemUnderTest system(int partitions) {
        systems++;
        progress.say("starting Kafka and PostgreSQL, partitions of the command log: %d", partitions);
        open = new SystemUnderTest(this, Integer.toString(systems));
        open.start(partitions);
        about.putAll(settings(open.database()));
        return open;
    }

    private Map<String, String> settings(Database database) {
        Map<String, String> told = new LinkedHashMap<>();
        told.put(
                "PostgreSQL",
                POSTGRESQL_SETTINGS.stream()
                        .map(name -> name + " " + database.setting(name))
                        .collect(Collectors.joining(", ")));
        told.put("order-service", "one process, " + String.join(" ", settings.orderJava()));
        return told;
    }

    /** What the systems of this run had in common. */
    Map<String, String> about() {
        return about;
    }

    /** Also when the run is broken off. */
    @Override
    public void close() {
        SystemUnderTest last = open;
        if (last != null) {
            last.close();
        }
        Folders.delete(folder);
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotRun("interrupted");
        }
    }
}
