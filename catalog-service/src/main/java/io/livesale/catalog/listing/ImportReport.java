package io.livesale.catalog.listing;

import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of a file's lines. */
record ImportReport(
        @Schema(description = "Read, the header and blank ones not counted.")
        int lines,

        int created,
        int changed,

        @Schema(description = "They said what was so already.")
        int unchanged,

        int refused,

        @Schema(description = "Each refused line with its reason, in the file's order; no more than the first 1,000.")
        List<ImportLine.Refused> problems) {
    static final ImportReport NOTHING = new ImportReport(0, 0, 0, 0, 0, List.of());

    ImportReport {
        problems = List.copyOf(problems);
    }

    /** Of both, the other's lines being the later; no more problems than may be told. */
    ImportReport plus(ImportReport later, int problemsTold) {
        return new ImportReport(
                lines + later.lines,
                created + later.created,
                changed + later.changed,
                unchanged + later.unchanged,
                refused + later.refused,
                Stream.concat(problems.stream(), later.problems.stream())
                        .limit(problemsTold)
                        .toList());
    }
}
