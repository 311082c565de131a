package io.livesale.e2e;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A stretch of time in which orders are accepted and none is decided. */
final class HeldLine {
    private HeldLine() {}

    /**
     * Whoever decides must write how far a partition is, and nobody can meanwhile; reading goes on.
     *
     * @param meanwhile shorter than the lock timeout of whoever decides (20 s), who would only try again
     */
    static void during(LocalSystem system, Runnable meanwhile) throws SQLException {
        try (Connection connection = system.orders();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE partition_progress IN EXCLUSIVE MODE");
            meanwhile.run();
            connection.rollback();
        }
    }
}
