package io.livesale.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.stack.FreePort;
import io.livesale.stack.PostgresServer;
import io.livesale.stack.PostgresServer.Durability;
import io.livesale.stack.Postmaster;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library that starts PostgreSQL turns fsync off first, so that it is on must be asked of the server itself. */
class DurableServerTest {
    /** Tells forty lines at INFO; held here because loggers are forgotten with their levels. */
    private static final Logger TALKATIVE = Logger.getLogger("io.zonky");

    @TempDir
    Path folder;

    @BeforeAll
    static void keepTheBuildQuiet() {
        TALKATIVE.setLevel(Level.WARNING);
    }

    @Test
    void writesToDiskBeforeItConfirmsACommit() throws SQLException {
        try (PostgresServer server = PostgresServer.start(folder.resolve("postgres"), FreePort.next(), Durability.ON)) {
            server.provision("orders");

            for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
                assertEquals("on", show(server, setting), setting);
            }
        }
    }

    /** As a full disk makes it do: it cannot write, and ends for good. */
    @Test
    void whoStartedItKnowsWhenItEnds() throws InterruptedException {
        Path data = folder.resolve("postgres");
        Child postgres = Child.startPostgres(folder.resolve("log"), data, FreePort.next(), Stream.of("orders"));
        try {
            assertTrue(postgres.saysReady());

            Postmaster.of(data).orElseThrow().destroyForcibly();

            assertTrue(postgres.process().waitFor(Child.PATIENCE.toSeconds(), TimeUnit.SECONDS));
            assertEquals(1, postgres.process().exitValue());
        } finally {
            postgres.stop();
        }
    }

    private static String show(PostgresServer server, String setting) throws SQLException {
        String url = "jdbc:postgresql://localhost:" + server.port() + "/orders";
        try (Connection connection = DriverManager.getConnection(url, "orders", "orders");
                Statement statement = connection.createStatement();
                ResultSet value = statement.executeQuery("SHOW " + setting)) {
            value.next();
            return value.getString(1);
        }
    }
}
