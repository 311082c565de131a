package io.livesale.catalog.listing;

import io.livesale.catalog.Problem;
import io.livesale.catalog.ProblemException;
import io.livesale.catalog.listing.CsvRecords.Row;
import jakarta.validation.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file of products, a chunk at a time: each call reads, and waits for, as much of the file as it takes. A
 * file that is none is refused; by then the chunks before may have been written, and the refusal says so.
 */
final class ProductLines {
    private final InputStream file;
    private final ImportSettings settings;
    private final Validator validator;
    private @Nullable CsvRecords records;
    private @Nullable LineReading reading;
    private int lines;

    ProductLines(InputStream file, ImportSettings settings, Validator validator) {
        this.file = file;
        this.settings = settings;
        this.validator = validator;
    }

    /** @param last whether the file ends here */
    record Chunk(List<ImportLine> lines, boolean last) {}

    Chunk next() {
        int before = lines;
        try {
            if (records == null) {
                records = new CsvRecords(file, settings.recordLength());
                reading = new LineReading(header(records), validator);
            }
            return read(records, reading);
        } catch (CharacterCodingException e) {
            throw refused(Problem.INVALID_REQUEST, "The file must be UTF-8.", before);
        } catch (IOException e) {
            throw refused(Problem.INVALID_REQUEST, "The body broke off.", before);
        } catch (ProblemException e) {
            throw refused(e.problem(), e.getMessage(), before);
        }
    }

    private static Columns header(CsvRecords records) throws IOException {
        Row header = records.next().orElseThrow(() -> Problem.INVALID_REQUEST.because("The file is empty."));
        if (header.fault() != null) {
            throw Problem.INVALID_REQUEST.because("The first line " + header.fault() + ".");
        }
        return new Columns(header.cells());
    }

    private Chunk read(CsvRecords records, LineReading reading) throws IOException {
        List<ImportLine> chunk = new ArrayList<>();
        int length = 0;
        while (chunk.size() < settings.chunkLines() && length < settings.chunkLength()) {
            Optional<Row> row = records.next();
            if (row.isEmpty()) {
                return new Chunk(chunk, true);
            }
            lines++;
            if (lines > settings.lines()) {
                throw Problem.INVALID_REQUEST.because("At most " + settings.lines() + " lines are read.");
            }
            chunk.add(reading.read(row.get()));
            length += row.get().length();
        }
        return new Chunk(chunk, false);
    }

    private static ProblemException refused(Problem problem, String reason, int before) {
        String done = before == 0
                ? "Nothing was imported."
                : "The first " + before + " lines were imported, as far as they are good; they may be sent again.";
        return problem.because(reason + " " + done);
    }
}
