package io.livesale.benchmark;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table of results; the first column is text, the others are figures. */
record Table(List<String> head, List<List<String>> rows) {
    Table {
        int width = head.size();
        if (rows.stream().anyMatch(row -> row.size() != width)) {
            throw new IllegalArgumentException("rows of another width than the head's");
        }
        head = List.copyOf(head);
        rows = List.copyOf(rows);
    }

    String markdown() {
        String rule = "|---|" + "--:|".repeat(head.size() - 1);
        return Stream.concat(Stream.of(line(head), rule), rows.stream().map(Table::line))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |"));
    }
}
