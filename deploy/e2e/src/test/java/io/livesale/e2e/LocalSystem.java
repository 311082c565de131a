package io.livesale.e2e;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The system as anyone runs it: {@code deploy/local/up}, on ports and data of its own. */
final class LocalSystem implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofMinutes(1);

    private final Path repository = Path.of("..", "..").toAbsolutePath().normalize();
    private final Path data;
    private final int port;
    private final Process process;

    private LocalSystem(Path data, int port) {
        this.data = data;
        this.port = port;
        this.process = start();
    }

    /** Starts it without demo data and waits until it says it is ready. */
    static LocalSystem start(Path data, int port) {
        LocalSystem system = new LocalSystem(data, port);
        try {
            await().atMost(START).pollInterval(Duration.ofMillis(250)).until(system::ready);
            return system;
        } catch (RuntimeException e) {
            system.close();
            throw new IllegalStateException("not ready; it said:\n" + system.output(), e);
        }
    }

    /** A port that is free, and the five after it too. */
    static int freePorts() {
        for (int first = 18080; first < 28080; first += 10) {
            if (allFree(first)) {
                return first;
            }
        }
        throw new IllegalStateException("no six free ports in a row");
    }

    private static boolean allFree(int first) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int port = first; port < first + 6; port++) {
                held.add(new ServerSocket(port));
            }
            return true;
        } catch (IOException e) {
            return false;
        } finally {
            held.forEach(LocalSystem::close);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start() {
        List<String> command =
                List.of("deploy/local/up", "--no-demo", "--port", Integer.toString(port), "--data", data.toString());
        try {
            Files.createDirectories(data.getParent());
            Files.deleteIfExists(log().toPath());
            return new ProcessBuilder(command)
                    .directory(repository.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private File log() {
        return data.resolveSibling("up.log").toFile();
    }

    private boolean ready() {
        if (!process.isAlive()) {
            throw new IllegalStateException("it ended with exit code " + process.exitValue());
        }
        return output().contains("Live Sale is running");
    }

    String output() {
        try {
            return Files.readString(log().toPath());
        } catch (IOException e) {
            return "";
        }
    }

    /** What {@code deploy/local/spike} said, and its exit code. */
    record Spike(int exitCode, String output) {}

    /** Runs {@code deploy/local/spike} against this system. */
    Spike spike(String... options) {
        List<String> command = new ArrayList<>(List.of("deploy/local/spike", "--url", origin()));
        command.addAll(List.of(options));
        try {
            Process running = new ProcessBuilder(command)
                    .directory(repository.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Spike(running.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String origin() {
        return "http://localhost:" + port;
    }

    /** Whether anything of it still runs. */
    boolean leavesNothingRunning() {
        return !process.isAlive() && process.descendants().findAny().isEmpty();
    }

    /** SIGTERM, as an operator would; fails when it does not stop. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new IllegalStateException("the system did not stop in " + STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
