package io.livesale.local;

import io.livesale.stack.KafkaBroker;
import io.livesale.stack.KafkaNode;
import io.livesale.stack.PostgresServer;
import io.livesale.stack.Postmaster;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One process of a system, writing to its own log file, on the {@link Leash} of whoever starts it. */
public final class Child {
    /** How long a start may take: a slow disk and a busy machine included; far beyond it something is wrong. */
    public static final Duration PATIENCE = Duration.ofSeconds(120);
    /** A service finishes what it has in hand; Kafka and PostgreSQL write a clean checkpoint. */
    private static final Duration ORDERLY_STOP = Duration.ofSeconds(15);

    /** A new session keeps a terminal's Ctrl-C for the launcher, which then stops its children in order. */
    private static final boolean OWN_SESSION = Files.isExecutable(Path.of("/usr/bin/setsid"));

    /** Of the JVMs of servers that share a machine with more of their kind: small, and soon there again. */
    private static final List<String> SEVERAL = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private static final String SERVICE = "io.quarkus.bootstrap.runner.AotQuarkusEntryPoint";

    private final String name;
    private final Path log;
    private final Process process;
    /** Works for it without being its child. */
    private final Supplier<Optional<ProcessHandle>> server;

    private Child(String name, Path log, Process process, Supplier<Optional<ProcessHandle>> server) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.server = server;
    }

    /**
     * Starts Kafka, which {@link #saysReady} once every topic is there.
     *
     * @param folder of its data
     */
    public static Child startKafka(Path log, Path folder, int port) {
        return startKafka(log, folder, port, Map.of());
    }

    /** @param settings of the broker, in place of or beside the usual ones */
    public static Child startKafka(Path log, Path folder, int port, Map<String, String> settings) {
        Stream<String> arguments = Stream.concat(
                Stream.of(folder.toString(), Integer.toString(port)),
                settings.entrySet().stream().map(setting -> setting.getKey() + "=" + setting.getValue()));
        return startServer("Kafka", log, List.of("-Xmx512m"), KafkaBroker.class, arguments.toArray(String[]::new));
    }

    /**
     * Starts one of the nodes that are a Kafka together, which {@link #saysReady} once it takes part. Topics are left to
     * whoever starts them all.
     *
     * @param folder of its data
     */
    public static Child startKafkaNode(Path log, Path folder, KafkaNode node, List<KafkaNode> all) {
        Stream<String> arguments = Stream.concat(
                Stream.of(folder.toString(), Integer.toString(node.id())),
                all.stream().map(KafkaNode::toString));
        return startServer("Kafka " + node.id(), log, SEVERAL, KafkaNode.class, arguments.toArray(String[]::new));
    }

    /**
     * Starts PostgreSQL, which {@link #saysReady} once every database is there.
     *
     * @param folder of its data
     */
    public static Child startPostgres(Path log, Path folder, int port, Stream<String> databases) {
        Stream<String> arguments = Stream.concat(Stream.of(folder.toString(), Integer.toString(port)), databases);
        List<String> command = server(
                List.of("-Xmx64m", "-XX:TieredStopAtLevel=1"), PostgresServer.class, arguments.toArray(String[]::new));
        Process started = start(log, command, Map.of(), Redirect.PIPE);
        return new Child("PostgreSQL", log, started, () -> Postmaster.of(folder));
    }

    /** Starts a main class of this class path, its standard output kept for {@link #saysReady}. */
    static Child startServer(String name, Path log, List<String> options, Class<?> main, String... arguments) {
        Process started = start(log, server(options, main, arguments), Map.of(), Redirect.PIPE);
        return new Child(name, log, started, Optional::empty);
    }

    private static List<String> server(List<String> options, Class<?> main, String... arguments) {
        List<String> command = java(options, System.getProperty("java.class.path"), main.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * Starts a service, its standard output going to its log, too.
     *
     * @param options of its JVM
     * @param jar brings its libraries along by its manifest
     */
    public static Child startService(
            String name, Path log, List<String> options, Path jar, Map<String, String> environment) {
        List<String> command = java(options, Leash.classes() + ":" + jar, SERVICE);
        Process started = start(log, command, environment, Redirect.appendTo(log.toFile()));
        return new Child(name, log, started, Optional::empty);
    }

    /** The JDK is the launcher's own. */
    private static List<String> java(List<String> options, String classPath, String main) {
        List<String> command = new ArrayList<>();
        if (OWN_SESSION) {
            command.add("/usr/bin/setsid");
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, Leash.class.getName(), main));
        return command;
    }

    private static Process start(Path log, List<String> command, Map<String, String> environment, Redirect output) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectOutput(output);
        builder.redirectError(Redirect.appendTo(log.toFile()));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String name() {
        return name;
    }

    public Path log() {
        return log;
    }

    public Process process() {
        return process;
    }

    /** Waits for {@code ready} on its standard output; false when it ends or takes too long without. */
    public boolean saysReady() {
        return CompletableFuture.supplyAsync(this::readReady, SideBySide.THREADS)
                .completeOnTimeout(false, PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private boolean readReady() {
        try (BufferedReader output = process.inputReader()) {
            return "ready".equals(output.readLine());
        } catch (IOException e) {
            return false;
        }
    }

    /** Itself and all that work for it, as far as they live. */
    public Stream<ProcessHandle> processes() {
        return Stream.concat(Stream.of(process.toHandle()), server.get().stream())
                .flatMap(first -> Stream.concat(Stream.of(first), first.descendants()))
                .filter(ProcessHandle::isAlive);
    }

    /** Stops it in order, by force when that takes too long, and returns when all of it is gone. */
    public void stop() {
        // Who has ended tells nobody any more who worked for it.
        List<ProcessHandle> all = processes().toList();
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It is gone already, or will be forced below.
        }
        long deadline = System.nanoTime() + ORDERLY_STOP.toNanos();
        all.forEach(one -> awaitGone(one, deadline));
    }

    private static void awaitGone(ProcessHandle process, long deadline) {
        try {
            process.onExit().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            process.onExit().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
