package io.livesale.e2e.faults;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Waits for the {@code COMMIT} of a transaction that wrote: many only look, and to lose the answer of theirs shows nothing.
 * Reads what a client sends in PostgreSQL's protocol, version 3: a message to start with, then messages that each begin with
 * a letter and their length.
 */
final class CommitWatch implements TcpProxy.Watch {
    /** Of a message; names and statements, which come first, are far shorter. */
    private static final int KEPT = 16 * 1024;
    /** Of what only asks for encryption, and is followed by another first message. */
    private static final int ENCRYPTION_REQUEST = 8;

    private static final Pattern WRITES =
            Pattern.compile("\\b(INSERT\\s+INTO|DELETE\\s+FROM|UPDATE\\s+\\w+(\\s+AS\\s+\\w+)?\\s+SET)\\b");

    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final Set<String> writingStatements = new HashSet<>();
    private boolean started;
    private long read;
    private long end;
    private boolean wrote;

    @Override
    public boolean sees(byte[] bytes, int length) {
        boolean seen = false;
        for (int i = 0; i < length; i++) {
            seen |= isEndOfWanted(bytes[i]);
        }
        return seen;
    }

    private boolean isEndOfWanted(byte next) {
        if (message.size() < KEPT) {
            message.write(next);
        }
        read++;
        int letter = started ? 1 : 0;
        if (read == letter + Integer.BYTES) {
            end = letter + ByteBuffer.wrap(message.toByteArray()).getInt(letter);
        }
        if (read < letter + Integer.BYTES || read < end) {
            return false;
        }
        boolean wanted = started && isWanted();
        started |= end != ENCRYPTION_REQUEST;
        message.reset();
        read = 0;
        return wanted;
    }

    private boolean isWanted() {
        String[] texts = message.toString(StandardCharsets.ISO_8859_1)
                .substring(1 + Integer.BYTES)
                .split("\0", 3);
        switch (message.toByteArray()[0]) {
            case 'P' -> prepare(texts[0], texts[1]);
            case 'B' -> wrote |= writingStatements.contains(texts[1]);
            case 'Q' -> {
                return query(texts[0]);
            }
            default -> {
                // Nothing that writes or commits.
            }
        }
        return false;
    }

    private void prepare(String name, String statement) {
        if (WRITES.matcher(statement).find()) {
            writingStatements.add(name);
        } else {
            writingStatements.remove(name);
        }
    }

    private boolean query(String statement) {
        boolean wanted = wrote && statement.equals("COMMIT");
        wrote = switch (statement) {
            case "BEGIN", "COMMIT", "ROLLBACK" -> false;
            default -> wrote || WRITES.matcher(statement).find();
        };
        return wanted;
    }
}
