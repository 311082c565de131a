package io.livesale.e2e.faults;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a part has logged since a moment. */
record LogSince(Path log, long from) {
    static LogSince now(Path log) throws IOException {
        return new LogSince(log, Files.size(log));
    }

    String text() {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] since = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(since);
            return new String(since, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
