package io.livesale.catalog.listing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.commons.csv.CSVException;

/**
 * Hands a text to a parser line by line, so that it never reads beyond the record it is at, and hands the later lines of
 * that record out again when the first makes none: one missing quote must not swallow the lines that follow.
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

    /** A record begins with the next line. */
    void beginRecord() {
        before += record.size();
        record.clear();
        recordLength = 0;
    }

    /** Where the record begins, counted from 1. */
    int number() {
        return before + 1;
    }

    /** The record's first line is none; what follows it is read again. */
    void skipFirstLine() {
        if (record.pollFirst() != null) {
            before++;
        }
        while (!record.isEmpty()) {
            again.addFirst(record.removeLast());
        }
        line = "";
        position = 0;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        if (position == line.length() && !advance()) {
            return -1;
        }
        int count = Math.min(length, line.length() - position);
        line.getChars(position, position + count, buffer, offset);
        position += count;
        return count;
    }

    private boolean advance() throws IOException {
        line = again.isEmpty() ? readLine() : again.removeFirst();
        position = 0;
        if (line.isEmpty()) {
            return false;
        }
        record.addLast(line);
        recordLength += line.length();
        if (recordLength > longestRecord) {
            throw new CSVException("longer than %d characters", longestRecord);
        }
        return true;
    }

    /** With its end; empty after the last. Of a line that is too long not much more is kept than it takes to tell. */
    private String readLine() throws IOException {
        StringBuilder text = new StringBuilder();
        int character = 0;
        while (character != '\n' && (character = source.read()) >= 0) {
            if (text.length() <= longestRecord) {
                text.append((char) character);
            }
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
