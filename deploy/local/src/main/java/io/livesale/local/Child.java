package io.livesale.local;

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
import java.util.concurrent.TimeUnit;

/** One process of the system, writing to its own log file, on the launcher's {@link Leash}. */
final class Child {
    /** How long a start may take: a slow disk and a busy machine included; far beyond it something is wrong. */
    static final Duration PATIENCE = Duration.ofSeconds(120);
    /** A service finishes what it has in hand; Kafka and PostgreSQL write a clean checkpoint. */
    private static final Duration ORDERLY_STOP = Duration.ofSeconds(15);

    /** A new session keeps a terminal's Ctrl-C for the launcher, which then stops its children in order. */
    private static final boolean OWN_SESSION = Files.isExecutable(Path.of("/usr/bin/setsid"));

    private final String name;
    private final Path log;
    private final Process process;

    private Child(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts a child whose standard output goes to its log.
     *
     * @param javaArguments options, main class and its arguments; the JDK is the launcher's own
     */
    static Child start(String name, Path log, List<String> javaArguments, Map<String, String> environment) {
        return start(name, log, javaArguments, environment, Redirect.appendTo(log.toFile()));
    }

    /** Starts a child that says {@code ready} on its standard output, see {@link #saysReady}. */
    static Child startReporting(String name, Path log, List<String> javaArguments) {
        return start(name, log, javaArguments, Map.of(), Redirect.PIPE);
    }

    private static Child start(
            String name, Path log, List<String> javaArguments, Map<String, String> environment, Redirect output) {
        List<String> command = new ArrayList<>();
        if (OWN_SESSION) {
            command.add("/usr/bin/setsid");
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaArguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectOutput(output);
        builder.redirectError(Redirect.appendTo(log.toFile()));
        try {
            return new Child(name, log, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return name;
    }

    Path log() {
        return log;
    }

    Process process() {
        return process;
    }

    /** Whether the first line on its standard output was {@code ready}; false when it ended without one. */
    boolean saysReady() {
        try (BufferedReader output = process.inputReader()) {
            return "ready".equals(output.readLine());
        } catch (IOException e) {
            return false;
        }
    }

    /** Stops it in order, by force when that takes too long, and returns when it is gone. */
    void stop() {
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
