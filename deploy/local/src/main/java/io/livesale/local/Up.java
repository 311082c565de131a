package io.livesale.local;

import io.livesale.stack.PlainLogging;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The launcher behind {@code deploy/local/up}, whose header says what each option does. */
@Command(name = "deploy/local/up")
final class Up implements Runnable {
    private static final int FAILED = 1;
    /** A gap one can watch; the start after it takes far longer. */
    private static final Duration RESTART_PAUSE = Duration.ofSeconds(1);

    @Option(names = "--port")
    private int port = 8080;

    @Option(names = "--fresh")
    private boolean fresh;

    @Option(names = "--infra")
    private boolean infrastructureOnly;

    @Option(names = "--no-demo")
    private boolean withoutDemo;

    @Option(names = "--order-replicas")
    private int orderReplicas = 1;

    @Option(names = "--payout-replicas")
    private int payoutReplicas = 1;

    @Option(names = "--data")
    private @Nullable Path dataFolder;

    /** The checkout whose built services are run; the script's working folder. */
    private final Path repository = Path.of("").toAbsolutePath();

    private final boolean terminal = Boolean.getBoolean("livesale.terminal");

    public static void main(String[] arguments) {
        PlainLogging.toStandardError();
        int code = OneLine.commandLine(new Up()).execute(arguments);
        if (code != 0) {
            System.exit(code);
        }
    }

    @Override
    public void run() {
        long start = System.nanoTime();
        Ports ports = new Ports(port, orderReplicas, payoutReplicas);
        DataFolder data = DataFolder.open(dataFolder());
        Leftovers leftovers = new Leftovers(data);
        leftovers.awaitGone();
        ports.requireFree(!infrastructureOnly);
        data.prepare(fresh);

        Children children = new Children(leftovers, this::endWith);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(children, leftovers), "stop"));
        Endpoints endpoints = new Endpoints(ports.replicas());
        try (Progress progress = new Progress(System.out, terminal)) {
            progress.step("gateway", () -> OpenGateway.here(ports, endpoints, data));
            new Infrastructure(ports, data, children, progress).start();
            Guide guide = new Guide(ports, data, repository, System.out);
            if (infrastructureOnly) {
                guide.infrastructure(Progress.seconds(start));
            } else {
                Map<Replica, Child> running =
                        replicas(ports, data, children, endpoints).startAll(progress);
                Optional<DemoSale.Made> demo = demoSale(ports, data, progress);
                guide.system(Progress.seconds(start), running, demo);
            }
        }
        awaitStop();
    }

    /** A folder the caller names is seen from where the caller stands; the script has gone to the checkout since. */
    private Path dataFolder() {
        return dataFolder == null
                ? repository.resolve("deploy/local/data")
                : Path.of(System.getProperty("livesale.caller", "")).resolve(dataFolder);
    }

    private Replicas replicas(Ports ports, DataFolder data, Children children, Endpoints endpoints) {
        return new Replicas(
                ports.replicas(),
                replica -> replica.start(repository, ports, data),
                children,
                endpoints,
                new RestartBudget(Clock.systemUTC()),
                RESTART_PAUSE,
                System.out);
    }

    private Optional<DemoSale.Made> demoSale(Ports ports, DataFolder data, Progress progress) {
        if (withoutDemo && !Files.exists(data.demoSale())) {
            return Optional.empty();
        }
        DemoSale demo = new DemoSale(new Api(ports.origin()), ports.origin(), Clock.systemUTC());
        return Optional.of(progress.step("demo sale", () -> demo.once(data.demoSale())));
    }

    private void endWith(Child child) {
        System.err.printf(
                "%s stopped by itself (exit %d), see %s; stopping the rest%n",
                child.name(), child.process().exitValue(), child.log());
        // Not on the thread that watches processes: the shutdown waits for other processes to end.
        new Thread(() -> System.exit(FAILED), "end").start();
    }

    private static void stop(Children children, Leftovers leftovers) {
        children.stop();
        leftovers.awaitGone();
    }

    private static void awaitStop() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
