package io.livesale.e2e;

import static java.util.stream.Collectors.toCollection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Of each table of the three services: how many rows hold one of these words, and a hash of them all. */
public record Traces(Map<String, String> tables) {
    /** One of them. */
    public interface Database {
        Connection open() throws SQLException;
    }

    static Traces of(LocalSystem system, Collection<String> words) throws SQLException {
        return of(Map.of("orders", system::orders, "catalog", system::catalog, "payouts", system::payouts), words);
    }

    /** @param words as regular expressions; a row that holds none of them is passed over */
    public static Traces of(Map<String, Database> databases, Collection<String> words) throws SQLException {
        Map<String, String> tables = new TreeMap<>();
        for (Map.Entry<String, Database> database : databases.entrySet()) {
            try (Connection connection = database.getValue().open()) {
                for (String table : readable(connection)) {
                    tables.put(database.getKey() + "." + table, hash(connection, table, words));
                }
            }
        }
        return new Traces(tables);
    }

    /** The tables in which something else stands now. */
    public Set<String> changedSince(Traces before) {
        return tables.keySet().stream()
                .filter(table -> !tables.get(table).equals(before.tables.get(table)))
                .collect(toCollection(TreeSet::new));
    }

    private static List<String> readable(Connection connection) throws SQLException {
        String query = """
                SELECT relname
                FROM pg_class
                WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND has_table_privilege(oid, 'SELECT')
                """;
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static String hash(Connection connection, String table, Collection<String> words) throws SQLException {
        String query = """
                SELECT count(*) || ' rows, ' || coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '')
                FROM %s t
                WHERE t::text ~ ?
                """.formatted(table);
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, String.join("|", words));
            try (ResultSet hash = statement.executeQuery()) {
                hash.next();
                return hash.getString(1);
            }
        }
    }
}
