package io.livesale.e2e.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system in memory that is soon full. */
record SmallDisk(Path folder) implements AutoCloseable {
    /** Some minutes of traffic take a third of it. */
    private static final String SIZE = "1g";

    static SmallDisk mount(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(List.of("mount", "-t", "tmpfs", "-o", "mode=0700,size=" + SIZE, "live-sale-faults", folder.toString()));
        return new SmallDisk(folder);
    }

    /** What it held is gone. */
    @Override
    public void close() {
        run(List.of("umount", folder.toString()));
    }

    private static void run(List<String> command) {
        try {
            int code = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (code != 0) {
                throw new IllegalStateException(String.join(" ", command) + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
