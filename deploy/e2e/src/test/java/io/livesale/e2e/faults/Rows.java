package io.livesale.e2e.faults;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads databases past services and proxies. */
final class Rows {
    private Rows() {}

    /** The first column, as text. */
    static List<String> of(Site site, String service, String query) throws SQLException {
        try (Connection connection = site.database(service);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(found.getString(1));
            }
            return rows;
        }
    }

    /** Of a first column of an id, a bar and words. */
    static Map<String, String> words(Site site, String service, String query) throws SQLException {
        Map<String, String> words = new TreeMap<>();
        of(site, service, query).forEach(row -> words.put(row.split("\\|", 2)[0], row.split("\\|", 2)[1]));
        return words;
    }
}
