package io.livesale.payout;

import io.vertx.pgclient.PgException;
import java.util.Set;

/** Tells faults of the data, which no waiting mends, from those of the database or the way to it, which pass. */
public final class DataFault {
    /** SQLSTATE classes that blame the data: data exception, constraint violation, program limit exceeded. */
    private static final Set<String> CLASSES = Set.of("22", "23", "54");

    private DataFault() {}

    public static boolean is(Throwable fault) {
        return fault instanceof ArithmeticException
                || fault instanceof IllegalArgumentException
                || fault instanceof PgException refusal
                        && refusal.getSqlState() != null
                        && CLASSES.contains(refusal.getSqlState().substring(0, 2));
    }
}
