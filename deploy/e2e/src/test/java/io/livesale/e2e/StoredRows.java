package io.livesale.e2e;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** What order-service has stored: of each table the number of rows, and a hash of them all in the order of their key. */
record StoredRows(Map<String, String> tables) {
    private static final Map<String, String> KEYS =
            Map.of("orders", "order_id", "offer", "offer_id", "buyer_units", "offer_id, buyer_id");

    static StoredRows of(LocalSystem system) throws SQLException {
        Map<String, String> tables = new LinkedHashMap<>();
        try (Connection connection = system.orders();
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> table : KEYS.entrySet()) {
                tables.put(table.getKey(), hash(statement, table.getKey(), table.getValue()));
            }
        }
        return new StoredRows(tables);
    }

    private static String hash(Statement statement, String table, String key) throws SQLException {
        String query = """
                SELECT count(*) || ' rows, ' || md5(string_agg(md5(t::text), '' ORDER BY %s))
                FROM %s t
                """.formatted(key, table);
        try (ResultSet hash = statement.executeQuery(query)) {
            hash.next();
            return hash.getString(1);
        }
    }
}
