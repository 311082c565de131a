package io.livesale.stack;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * A PostgreSQL server as a child process, with one database per service. Each database has two roles: its owner, who
 * migrates it, and the runtime role the service works as, which gets only what the migrations grant.
 */
public final class PostgresServer implements AutoCloseable {
    /** Flushing to disk on or off: on wherever data is to survive, off for tests, which throw their data away. */
    public enum Durability {
        ON,
        OFF
    }

    private final EmbeddedPostgres postgres;

    private PostgresServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /**
     * Starts a server on loopback.
     *
     * @param folder holds the data; made when missing, kept on {@link #close}
     */
    public static PostgresServer start(Path folder, int port, Durability durability) {
        String flush = durability == Durability.ON ? "on" : "off";
        try {
            Files.createDirectories(folder.getParent());
            return new PostgresServer(EmbeddedPostgres.builder()
                    .setDataDirectory(folder)
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setLocaleConfig("locale", "C")
                    .setServerConfig("fsync", flush)
                    .setServerConfig("full_page_writes", flush)
                    .setServerConfig("synchronous_commit", flush)
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("shared_buffers", "256MB")
                    .setServerConfig("max_wal_size", "2GB")
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes a service's database, its owner {@code <name>_owner} and its runtime role {@code <name>}, each with its own
     * name as password. What is there stays as it is.
     */
    public void provision(String name) {
        String owner = name + "_owner";
        try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
            for (String role : List.of(owner, name)) {
                if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role)) {
                    execute(connection, "CREATE ROLE " + role + " LOGIN PASSWORD '" + role + "'");
                }
            }
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
                execute(connection, "CREATE DATABASE " + name + " OWNER " + owner + " ENCODING 'UTF8'");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot provision the database " + name, e);
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            return statement.executeQuery().next();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public int port() {
        return postgres.getPort();
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs a durable server with these databases as a process of its own, which ends when the server does:
     * {@code PostgresServer <folder> <port> <database>…}.
     */
    public static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[0]);
        StandAlone.run(() -> {
            PostgresServer server = start(folder, Integer.parseInt(arguments[1]), Durability.ON);
            Arrays.stream(arguments).skip(2).forEach(server::provision);
            endWith(Postmaster.of(folder).orElseThrow());
            return server;
        });
    }

    /** A full disk, for one, ends the server for good; whoever watches this process is to know and start it again. */
    private static void endWith(ProcessHandle postmaster) {
        postmaster.onExit().thenRun(() -> System.exit(1));
    }
}
