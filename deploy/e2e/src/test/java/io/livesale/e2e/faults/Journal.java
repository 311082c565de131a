package io.livesale.e2e.faults;

import io.vertx.core.json.JsonObject;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What each client asked for and was told, a line of JSON each, on disk before the client goes on. */
final class Journal implements AutoCloseable {
    /** What a client may conclude from an answer. */
    enum Told {
        ACCEPTED,
        REJECTED,
        /** No answer, or one that leaves it open: it may have been done. */
        UNKNOWN
    }

    /**
     * @param did what was asked for: {@code place}, {@code cancel}, …
     * @param about the order, offer, product or run it was about, and which refund or adjustment of it
     * @param asked in so many words; empty where the address says it all
     * @param status of the answer; 0 without one
     * @param answer in so many words; empty without any
     */
    record Entry(
            Instant at,
            String who,
            String did,
            String about,
            JsonObject asked,
            Told told,
            int status,
            JsonObject answer) {}

    private final BufferedWriter writer;
    private final List<Entry> entries = new ArrayList<>();

    Journal(Path file) {
        try {
            this.writer = Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void write(Entry entry) {
        entries.add(entry);
        JsonObject line = JsonObject.of("at", entry.at().toString(), "who", entry.who(), "did", entry.did())
                .put("about", entry.about())
                .put("asked", entry.asked())
                .put("told", entry.told().name())
                .put("status", entry.status())
                .put("answer", entry.answer());
        try {
            writer.write(line.encode());
            writer.newLine();
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** Those of one kind that were told so. */
    List<Entry> of(String did, Told told) {
        return entries().stream()
                .filter(entry -> entry.did().equals(did) && entry.told() == told)
                .toList();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
