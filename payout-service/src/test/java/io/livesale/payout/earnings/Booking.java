package io.livesale.payout.earnings;

import io.livesale.payout.Account.Party;
import io.livesale.payout.Account.Stage;
import io.livesale.payout.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The postings of one person, as the database has them. */
record Booking(String userId) {
    /** Books everything of this person a second after the other, from then on: an owner can, the service never. */
    void startAt(Instant first) throws SQLException {
        try (Connection owner = Database.asOwner();
                Statement statement = owner.createStatement()) {
            statement.execute("""
                    WITH moved AS (
                      SELECT
                        transaction_id,
                        timestamptz '%s' + (row_number() OVER (ORDER BY transaction_id) - 1) * interval '1 second' AS at
                      FROM (SELECT DISTINCT transaction_id FROM posting WHERE account IN (%s)) AS own
                    ), transactions AS (
                      UPDATE ledger_transaction SET posted_at = at FROM moved WHERE id = transaction_id
                    )
                    UPDATE posting SET posted_at = at FROM moved WHERE moved.transaction_id = posting.transaction_id
                    """.formatted(first, accounts(Stream.of(Stage.values()))));
        }
    }

    /** The sum of the postings booked before that time to these stages, in CNY. */
    long sumBefore(Instant time, Stage... stages) throws SQLException {
        return Database.number("""
                SELECT coalesce(sum(amount), 0)
                FROM posting
                WHERE account IN (%s) AND currency = 'CNY' AND posted_at < '%s'
                """.formatted(accounts(Stream.of(stages)), time));
    }

    long transactions() throws SQLException {
        return Database.number("SELECT count(DISTINCT transaction_id) FROM posting WHERE account IN ("
                + accounts(Stream.of(Stage.values())) + ")");
    }

    private String accounts(Stream<Stage> stages) {
        return stages.map(stage -> "'" + new Party(userId, stage).accountName() + "'")
                .collect(Collectors.joining(", "));
    }
}
