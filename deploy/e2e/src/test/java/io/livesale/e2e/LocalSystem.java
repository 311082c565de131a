package io.livesale.e2e;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The system as anyone runs it: {@code deploy/local/up}, on ports and data of its own. */
final class LocalSystem implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofMinutes(1);
    /** Of its JVMs: none runs long enough to win back what the second compiler takes, of few cores a third. */
    static final Map<String, String> COMPILED_QUICKLY = Map.of("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");
    /** A setting for the large runs by hand: signing in alone takes many times as long without that compiler. */
    static final Map<String, String> COMPILED_WELL = Map.of("JAVA_TOOL_OPTIONS", "");

    private final Path repository = Path.of("..", "..").toAbsolutePath().normalize();
    private final Path data;
    private final int port;
    private final Process process;

    private LocalSystem(Path data, int port, Map<String, String> environment, String... options) {
        this.data = data;
        this.port = port;
        this.process = start(environment, options);
    }

    /** Starts it and waits until it says it is ready. */
    static LocalSystem start(Path data, int port, String... options) {
        return start(data, port, Map.of(), options);
    }

    /** @param environment settings for its services */
    static LocalSystem start(Path data, int port, Map<String, String> environment, String... options) {
        LocalSystem system = new LocalSystem(data, port, environment, options);
        try {
            await().atMost(START).pollInterval(Duration.ofMillis(250)).until(system::ready);
            return system;
        } catch (RuntimeException e) {
            system.close();
            throw new IllegalStateException("not ready; it said:\n" + system.output(), e);
        }
    }

    private Process start(Map<String, String> environment, String... options) {
        List<String> command = new ArrayList<>(
                List.of("deploy/local/up", "--port", Integer.toString(port), "--data", data.toString()));
        command.addAll(List.of(options));
        try {
            Files.createDirectories(data.getParent());
            Files.deleteIfExists(log().toPath());
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(repository.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log());
            builder.environment().putAll(COMPILED_QUICKLY);
            builder.environment().putAll(environment);
            return builder.start();
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
        return output().contains("running (ready in");
    }

    String output() {
        try {
            return Files.readString(log().toPath());
        } catch (IOException e) {
            return "";
        }
    }

    /** What {@code deploy/local/spike} said, and its exit code. */
    record Spike(int exitCode, String output) {
        /** One of its figures, by the word in front of it. */
        int figure(String name) {
            Matcher line = Pattern.compile("(?m)^ *" + name + " +(\\d+) ").matcher(output);
            if (!line.find()) {
                throw new IllegalStateException("no figure " + name + " in:\n" + output);
            }
            return Integer.parseInt(line.group(1));
        }
    }

    /** Runs {@code deploy/local/spike} against this system; what it says stays in {@code spike.log}, too. */
    Spike spike(String... options) {
        List<String> command = new ArrayList<>(List.of("deploy/local/spike", "--url", origin()));
        command.addAll(List.of(options));
        Path said = data.resolveSibling("spike.log");
        try {
            int exitCode = new ProcessBuilder(command)
                    .directory(repository.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start()
                    .waitFor();
            return new Spike(exitCode, Files.readString(said));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Kills one of its processes as a crash would: {@code order-service-2}. */
    void kill(String name) {
        processOf(lastWord(name)).orElseThrow().destroyForcibly();
    }

    /** Stops one of its replicas as Kubernetes would (SIGTERM) and waits until another is ready in its place. */
    void replace(String name) {
        ProcessHandle replica = processOf(lastWord(name)).orElseThrow();
        replica.destroy();
        replica.onExit().join();
        await().atMost(START).until(() -> isBack(name));
    }

    /** Whether that process was started again and is ready. */
    boolean isBack(String name) {
        return lastWord(name).group(2).startsWith(" is back") && isRunning(name);
    }

    /** Whether that process was ready once and has not ended since. */
    boolean isRunning(String name) {
        return processOf(lastWord(name)).map(ProcessHandle::isAlive).orElse(false);
    }

    private static Optional<ProcessHandle> processOf(MatchResult word) {
        return ProcessHandle.of(Long.parseLong(word.group(1)));
    }

    /** What it said of one of its processes last: the process id, and what follows it. */
    private MatchResult lastWord(String name) {
        return Pattern.compile("(?m)^ *" + name + " .*\\(process (\\d+)\\)(.*)$")
                .matcher(output())
                .results()
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new IllegalStateException("it runs no " + name));
    }

    /** What one of its processes has logged. */
    String log(String name) {
        try {
            return Files.readString(data.resolve("logs").resolve(name + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String kafka() {
        return "localhost:" + (port + 4);
    }

    /** The database of order-service, with its own rights. */
    Connection orders() throws SQLException {
        return database("orders");
    }

    /** The database of catalog-service, with its own rights. */
    Connection catalog() throws SQLException {
        return database("catalog");
    }

    private Connection database(String name) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://localhost:" + (port + 5) + "/" + name, name, name);
    }

    /** The database of payout-service, with its own rights. */
    Connection payouts() throws SQLException {
        return database("payouts");
    }

    /** The path of the demo sale's stream page. */
    String demoSale() {
        Matcher page = Pattern.compile("(?m)^ *demo sale +" + origin() + "(/live/\\S+)")
                .matcher(output());
        if (!page.find()) {
            throw new IllegalStateException("it made no demo sale");
        }
        return page.group(1);
    }

    /** The gateway's, and after it those of catalog-, order- and payout-service. */
    int port(int number) {
        return port + number;
    }

    String origin() {
        return "http://localhost:" + port;
    }

    /** A service's own address, without the gateway. */
    String origin(String service) {
        Matcher address = Pattern.compile("(?m)^ *" + service + " +(http://\\S+)/q/openapi ")
                .matcher(output());
        if (!address.find()) {
            throw new IllegalStateException("it runs no " + service);
        }
        return address.group(1);
    }

    /** Signs tokens that this system believes. */
    Mint mint() {
        return new Mint(key("private"), key("public"));
    }

    private String key(String half) {
        try {
            return Files.readString(data.resolve("token-key." + half + ".pem"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
