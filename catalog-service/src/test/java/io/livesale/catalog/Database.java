package io.livesale.catalog;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Reaches past the service into its database, as the role that owns the tables. */
public final class Database {
    private Database() {}

    public static Connection asOwner() throws SQLException {
        Config config = ConfigProvider.getConfig();
        return DriverManager.getConnection(
                config.getValue("quarkus.datasource.jdbc.url", String.class),
                config.getValue("quarkus.flyway.username", String.class),
                config.getValue("quarkus.flyway.password", String.class));
    }

    public static void asOwner(String statement) throws SQLException {
        try (Connection owner = asOwner();
                Statement change = owner.createStatement()) {
            change.execute(statement);
        }
    }
}
