package io.livesale.benchmark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Supplier;

/** A service's database from outside, as its superuser; order-service's unless told otherwise. */
final class Database implements AutoCloseable {
    static final String NAME = "orders";

    private final int port;
    private final String name;
    private final Connection connection;

    Database(int port) {
        this(port, NAME);
    }

    Database(int port, String name) {
        this.port = port;
        this.name = name;
        this.connection = connect();
    }

    int port() {
        return port;
    }

    /** A connection of the caller's own. */
    Connection connect() {
        try {
            // From its first use a statement is prepared once and named.
            return DriverManager.getConnection(
                    "jdbc:postgresql://localhost:" + port + "/" + name + "?user=postgres&prepareThreshold=1");
        } catch (SQLException e) {
            throw new IllegalStateException("cannot reach PostgreSQL", e);
        }
    }

    /** Commands decided so far, over all partitions. */
    synchronized long decided() {
        return number("SELECT coalesce(sum(next_offset), 0)::bigint FROM partition_progress");
    }

    /** Orders that are stored. */
    long orders() {
        return number("SELECT count(*) FROM orders");
    }

    String setting(String name) {
        return text("SHOW " + name);
    }

    /** Does something while no processor can decide: each stops at the row where it would stop a zombie. */
    <T> T whileHeld(Supplier<T> work) {
        try (Connection holding = connect();
                Statement statement = holding.createStatement()) {
            holding.setAutoCommit(false);
            statement.execute("SELECT next_offset FROM partition_progress FOR UPDATE");
            T done = work.get();
            holding.rollback();
            return done;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot hold the processor", e);
        }
    }

    void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot run " + sql, e);
        }
    }

    long number(String query) {
        return Long.parseLong(text(query));
    }

    String text(String query) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot run " + query, e);
        }
    }

    @Override
    public void close() {
        close(connection);
    }

    static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
