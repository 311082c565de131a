package io.livesale.catalog.listing;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** The records of a file (RFC 4180, UTF-8), one after the other; a line that makes no record is told and passed over. */
final class CsvRecords {
    private static final String BROKEN =
            "cannot be read: it is too long, or a quote is missing, not doubled or followed by other characters";

    private final Lines lines;
    private Iterator<CSVRecord> records;

    CsvRecords(InputStream file, int longestRecord) throws IOException {
        // A decoder of our own refuses what is not UTF-8; the reader's would put a question mark in its place.
        this.lines = new Lines(new InputStreamReader(file, StandardCharsets.UTF_8.newDecoder()), longestRecord);
        this.records = CSVFormat.RFC4180.parse(lines).iterator();
    }

    /**
     * A record.
     *
     * @param line where it begins, counted from 1
     * @param cells none when there is a fault
     * @param fault why the line makes no record
     */
    record Row(int line, List<String> cells, @Nullable String fault) {
        /** So is an empty line, and the rows of separators that spreadsheets leave at the end. */
        boolean isBlank() {
            return fault == null && cells.stream().allMatch(String::isEmpty);
        }

        int length() {
            return cells.stream().mapToInt(String::length).sum();
        }
    }

    /** The next one that is not blank; empty at the end of the file. */
    Optional<Row> next() throws IOException {
        Optional<Row> row = read();
        while (row.isPresent() && row.get().isBlank()) {
            row = read();
        }
        return row;
    }

    private Optional<Row> read() throws IOException {
        lines.beginRecord();
        int line = lines.number();
        try {
            return records.hasNext() ? Optional.of(new Row(line, records.next().toList(), null)) : Optional.empty();
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof CSVException)) {
                throw e.getCause();
            }
            lines.skipFirstLine();
            records = CSVFormat.RFC4180.parse(lines).iterator();
            return Optional.of(new Row(line, List.of(), BROKEN));
        }
    }
}
