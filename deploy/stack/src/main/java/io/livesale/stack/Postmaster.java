package io.livesale.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** PostgreSQL's first process. It is nobody's child, and outlives even the process that started it, when that is killed. */
public final class Postmaster {
    private Postmaster() {}

    /** The one that runs on this folder, if any does. */
    public static Optional<ProcessHandle> of(Path folder) {
        try (Stream<String> lines = Files.lines(folder.resolve("postmaster.pid"))) {
            return lines.findFirst()
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
                    .filter(process -> process.info().command().orElse("").endsWith("/postgres"));
        } catch (IOException | RuntimeException e) {
            // There is none, or the file is just being written.
            return Optional.empty();
        }
    }
}
