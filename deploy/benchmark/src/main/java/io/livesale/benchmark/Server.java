package io.livesale.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One process of the system, writing to its own log file; it ends when this one does, on deploy/local's leash. */
final class Server implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final String LEASH = "io.livesale.local.Leash";
    private static final Duration ORDERLY_STOP = Duration.ofSeconds(30);

    private final String name;
    private final Path log;
    private final Process process;

    private Server(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts a main class of this class path that says {@code ready} on its standard output, and waits for that.
     *
     * @param options of the JVM
     */
    static Server startReporting(String name, Path log, List<String> options, Class<?> main, String... arguments) {
        List<String> command = java(options, System.getProperty("java.class.path"), main.getName());
        command.addAll(List.of(arguments));
        Server server = start(name, log, command, Map.of(), Redirect.PIPE);
        boolean ready = CompletableFuture.supplyAsync(server::saysReady)
                .completeOnTimeout(false, PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        if (!ready) {
            server.close();
            throw server.notReady();
        }
        return server;
    }

    /** Starts a main class of a jar that brings its libraries along; its output goes to its log. */
    static Server startJar(
            String name, Path log, List<String> options, Path jar, String main, Map<String, String> environment) {
        List<String> command = java(options, leash() + ":" + jar, main);
        return start(name, log, command, environment, Redirect.appendTo(log.toFile()));
    }

    private static List<String> java(List<String> options, String classPath, String main) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, LEASH, main));
        return command;
    }

    private static Server start(
            String name, Path log, List<String> command, Map<String, String> environment, Redirect output) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectOutput(output);
        builder.redirectError(Redirect.appendTo(log.toFile()));
        try {
            return new Server(name, log, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the leash's classes are: they need nothing but the JDK. */
    private static Path leash() {
        try {
            return Path.of(Class.forName(LEASH)
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean saysReady() {
        try (BufferedReader output = process.inputReader()) {
            return "ready".equals(output.readLine());
        } catch (IOException e) {
            return false;
        }
    }

    CannotRun notReady() {
        return new CannotRun(name + " did not become ready, see " + log);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Stops it in order, by force when that takes too long, and returns when it is gone. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It is gone already, or will be forced below.
        }
        try {
            if (!process.waitFor(ORDERLY_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
