package io.livesale.e2e.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system in memory that is soon full, and gone when this process is. */
final class SmallDisk implements AutoCloseable {
    /** Some minutes of traffic take a third of it. */
    private static final String SIZE = "1g";

    private final LastWord umount;

    private SmallDisk(LastWord umount) {
        this.umount = umount;
    }

    static SmallDisk mount(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(List.of("mount", "-t", "tmpfs", "-o", "mode=0700,size=" + SIZE, "live-sale-faults", folder.toString()));
        // Lazily: where this process was killed, those who write there may take some seconds more to end.
        return new SmallDisk(LastWord.of(List.of("umount", "--lazy", folder.toString())));
    }

    /** What it held is gone. */
    @Override
    public void close() {
        umount.close();
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
