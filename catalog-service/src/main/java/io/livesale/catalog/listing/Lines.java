package io.livesale.catalog.listing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.commons.csv.CSVException;

/**
 * Hands a text to a parser line by line, so that it never reads beyond the record it is at, and hands the later lines of
 * that record out again when the first makes none: one missing quote must not swallow the lines that follow. Lines end
 * with CRLF, LF or CR; behind a CR the parser looks at one character more.
 */
final class Lines extends Reader {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final BufferedReader source;
    private final int longestRecord;
    private final Deque<String> again = new ArrayDeque<>();
    private final Deque<String> record = new ArrayDeque<>();
    private int before;
    private int recordLength;
    private String line = "";
    private boolean afterCarriageReturn;
    private int position;

    /** @param longestRecord in characters */
    Lines(Reader source, int longestRecord) throws IOException {
        this.source = new BufferedReader(source);
        this.longestRecord = longestRecord;
        this.source.mark(1);
        if (this.source.read() != BYTE_ORDER_MARK) {
            this.source.reset();
        }
    }

    /** A record begins with the next line, or with one of which no more than the first character was looked at. */
    void beginRecord() {
        int begun = afterCarriageReturn && position == 1 ? 1 : 0;
        while (record.size() > begun) {
            record.removeFirst();
            before++;
        }
        recordLength = record.stream().mapToInt(String::length).sum();
    }

    /** Where the record begins, counted from 1. */
    int number() {
        return before + 1;
    }

    /** The record's first line is none; what follows it is read again, by another parser. */
    void skipFirstLine() {
        while (record.size() > 1) {
            again.addFirst(record.removeLast());
        }
        line = "";
        afterCarriageReturn = false;
        position = 0;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        if (position == line.length() && !advance()) {
            return -1;
        }
        boolean looking = afterCarriageReturn && position == 0;
        if (recordLength > longestRecord && !looking) {
            throw new CSVException("longer than %d characters", longestRecord);
        }
        int count = Math.min(length, looking ? 1 : line.length() - position);
        line.getChars(position, position + count, buffer, offset);
        position += count;
        return count;
    }

    private boolean advance() throws IOException {
        afterCarriageReturn = line.endsWith("\r");
        line = again.isEmpty() ? readLine() : again.removeFirst();
        position = 0;
        if (!line.isEmpty()) {
            record.addLast(line);
            recordLength += line.length();
        }
        return !line.isEmpty();
    }

    /** With its end; empty after the last. Of a line that is too long not much more is kept than it takes to tell. */
    private String readLine() throws IOException {
        StringBuilder text = new StringBuilder();
        int character = source.read();
        while (character >= 0) {
            if (text.length() <= longestRecord) {
                text.append((char) character);
            }
            character = endsLine(character) ? -1 : source.read();
        }
        return text.toString();
    }

    private boolean endsLine(int character) throws IOException {
        if (character != '\r') {
            return character == '\n';
        }
        source.mark(1);
        boolean inTheMiddle = source.read() == '\n';
        source.reset();
        return !inTheMiddle;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
