package io.livesale.benchmark;

/** A part's results as they stand in the report. */
record Section(String title, String text, Table table) {
    String markdown() {
        return "### " + title + "\n\n" + text.strip() + "\n\n" + table.markdown();
    }
}
