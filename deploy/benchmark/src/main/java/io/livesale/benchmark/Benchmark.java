package io.livesale.benchmark;

import io.livesale.local.ServiceJvm;
import io.livesale.stack.PlainLogging;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The run behind {@code deploy/benchmark/run}, whose header says what each option does. */
@Command(name = "deploy/benchmark/run")
final class Benchmark implements Callable<Integer> {
    @Option(names = "--quick")
    private boolean quick;

    @Option(names = "--only", split = ",")
    private List<PartName> only = List.of(PartName.values());

    @Option(names = "--rounds")
    private int rounds = 3;

    @Option(names = "--connections")
    private int connections = 256;

    @Option(names = "--crowd")
    private int crowd = 4000;

    @Option(names = "--buyers")
    private int buyers = 20_000;

    @Option(names = "--java", split = " ")
    private List<String> orderJava = ServiceJvm.OPTIONS;

    @Option(names = "--data")
    private Path data = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(names = "--out")
    private @Nullable Path out;

    private static volatile boolean stopping;

    /** The checkout whose built services are run; the script's working folder. */
    private final Path repository = Path.of("").toAbsolutePath();

    private final Progress progress = new Progress(System.out);

    /** The parts in the order they run in. */
    enum PartName {
        INTAKE(new Accepting()),
        PIPELINE(new Deciding()),
        FLOOR(Floors::measure),
        PARTITIONS(new Partitions()),
        STORED(new StoredOrders()),
        OVERLOAD(new Overload()),
        VIEWERS(new Showing()),
        LEDGER(new Posting());

        private final Part part;

        PartName(Part part) {
            this.part = part;
        }
    }

    public static void main(String[] arguments) {
        PlainLogging.toStandardError();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopping = true, "stopping"));
        System.exit(new CommandLine(new Benchmark())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> fail(command.getCommandName(), failure))
                .execute(arguments));
    }

    /** Stopped by a signal, what is under way fails one way or the other; nobody needs to hear of that. */
    private static int fail(String name, Exception failure) {
        if (failure instanceof CannotRun) {
            System.err.println(name + ": " + failure.getMessage());
        } else if (!stopping) {
            failure.printStackTrace();
        }
        return 1;
    }

    @Override
    public Integer call() {
        Proc.require();
        Plan plan =
                quick ? Plan.quick(rounds, connections, crowd, buyers) : Plan.full(rounds, connections, crowd, buyers);
        Lab.Settings settings = new Lab.Settings(repository, seenByCaller(data), orderJava);
        Map<String, String> about = new LinkedHashMap<>(Machine.describe(settings));
        Results results = new Results();
        try (Lab lab = new Lab(plan, progress, settings)) {
            for (PartName name : PartName.values()) {
                if (only.contains(name)) {
                    progress.say("%s", name.name().toLowerCase(Locale.ROOT));
                    name.part.measure(lab, results);
                }
            }
            about.putAll(lab.about());
        }
        about.put("load", "%d connections, one generator thread, %,d buyers".formatted(connections, buyers));
        about.put(
                "rounds",
                "%d of %d s, sustained of %d s"
                        .formatted(
                                rounds,
                                plan.round().toSeconds(),
                                plan.sustained().toSeconds()));
        about.put("took", "%d minutes".formatted(progress.since().toMinutes()));
        write(new Report(kind(), Instant.now(), about, results, findings()));
        return 0;
    }

    private String kind() {
        if (quick) {
            return "A quick run: its rounds are too short for these figures to be trusted.";
        }
        return isWhole() ? "" : "Not a whole run: only " + only + ".";
    }

    private boolean isWhole() {
        return only.containsAll(List.of(PartName.values()));
    }

    /** Only a whole run replaces the results that are kept. */
    private void write(Report report) {
        System.out.println();
        Goal.of(report.results()).forEach(goal -> System.out.println(String.join("  ", goal.row())));
        report.results().problems().forEach(problem -> System.out.println("ODD: " + problem));
        Optional<Path> folder = folder();
        if (folder.isEmpty()) {
            System.out.println(report.markdown());
            return;
        }
        try {
            Files.createDirectories(folder.get());
            Path page = folder.get().resolve("RESULTS.md");
            Files.writeString(page, report.markdown());
            Optional<Chart> chart = report.chart();
            if (chart.isPresent()) {
                Files.writeString(
                        folder.get().resolve(Report.CHART), chart.get().svg());
            }
            System.out.println("Written to " + page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Path> folder() {
        if (out != null) {
            return Optional.of(seenByCaller(out));
        }
        return quick || !isWhole() ? Optional.empty() : Optional.of(repository.resolve("deploy/benchmark"));
    }

    private String findings() {
        try {
            return Files.readString(repository.resolve("deploy/benchmark/FINDINGS.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder the caller names is seen from where the caller stands; the script has gone to the checkout since. */
    private static Path seenByCaller(Path path) {
        return Path.of(System.getProperty("livesale.caller", "")).resolve(path);
    }
}
