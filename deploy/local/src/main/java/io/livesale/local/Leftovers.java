package io.livesale.local;

import io.livesale.stack.Postmaster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The processes of a run that was killed. They notice and stop by themselves (see {@link Leash}); a start right after
 * waits for them, because two Kafkas on one folder would spoil it, and ends by force what does not go.
 */
final class Leftovers {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** A process id may be somebody else's by now; its start time may not, within what two readings of it differ. */
    private static final Duration SAME_START = Duration.ofSeconds(2);

    private final DataFolder data;

    Leftovers(DataFolder data) {
        this.data = data;
    }

    void remember(Child child) {
        Optional<Instant> started = child.process().info().startInstant();
        String line = child.process().pid() + " " + started.orElse(Instant.EPOCH) + "\n";
        try {
            Files.writeString(data.children(), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitGone() {
        if (Files.exists(data.children())) {
            DataFolder.read(data.children()).lines().map(Leftovers::alive).forEach(Leftovers::awaitGone);
            DataFolder.write(data.children(), "");
        }
        Postmaster.of(data.postgres()).ifPresent(process -> {
            process.destroy();
            awaitGone(List.of(process));
        });
    }

    private static List<ProcessHandle> alive(String line) {
        String[] words = line.split(" ");
        Instant started = Instant.parse(words[1]);
        return ProcessHandle.of(Long.parseLong(words[0]))
                .filter(process -> process.info()
                        .startInstant()
                        .filter(start -> Duration.between(started, start).abs().compareTo(SAME_START) < 0)
                        .isPresent())
                .stream()
                .toList();
    }

    private static void awaitGone(List<ProcessHandle> processes) {
        for (ProcessHandle process : processes) {
            try {
                process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                process.destroyForcibly();
                process.onExit().join();
            } catch (InterruptedException | ExecutionException e) {
                throw new CannotStart("interrupted while the previous run's processes stop");
            }
        }
    }
}
