package io.livesale.payout.earnings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StatementCsvTest {
    @Test
    void quotesWhatWouldBreakTheLine() {
        assertEquals("plain", StatementCsv.text("plain"));
        assertEquals("\"a,b\"", StatementCsv.text("a,b"));
        assertEquals("\"a\"\"b\"", StatementCsv.text("a\"b"));
        assertEquals("\"a\nb\"", StatementCsv.text("a\nb"));
        assertEquals("", StatementCsv.text(null));
    }

    @Test
    void disarmsWhatASpreadsheetWouldRun() {
        assertEquals("'=1+1", StatementCsv.text("=1+1"));
        assertEquals("'-cmd", StatementCsv.text("-cmd"));
        assertEquals("'+1", StatementCsv.text("+1"));
        assertEquals("'@SUM", StatementCsv.text("@SUM"));
        assertEquals("\"'=A1,B1\"", StatementCsv.text("=A1,B1"));
    }
}
