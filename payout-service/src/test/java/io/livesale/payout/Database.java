package io.livesale.payout;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Direct SQL, as the role the service runs as or as the owner who migrates. */
public final class Database {
    private Database() {}

    public static Connection asRuntimeRole() throws SQLException {
        return connect("quarkus.datasource");
    }

    public static Connection asOwner() throws SQLException {
        return connect("quarkus.flyway");
    }

    /** The only number of the only row. */
    public static long number(String query) throws SQLException {
        return Long.parseLong(text(query));
    }

    /** The only text of the only row. */
    public static String text(String query) throws SQLException {
        try (Connection connection = asRuntimeRole();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** The only column of every row. */
    public static List<String> texts(String query) throws SQLException {
        try (Connection connection = asRuntimeRole();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    public static long balance(String account, String currency) throws SQLException {
        return number("SELECT coalesce(sum(balance), 0) FROM account_balance WHERE account = '" + account
                + "' AND currency = '" + currency + "'");
    }

    private static Connection connect(String role) throws SQLException {
        Config config = ConfigProvider.getConfig();
        return DriverManager.getConnection(
                config.getValue("quarkus.datasource.jdbc.url", String.class),
                config.getValue(role + ".username", String.class),
                config.getValue(role + ".password", String.class));
    }
}
