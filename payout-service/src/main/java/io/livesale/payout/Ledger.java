package io.livesale.payout;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes ledger transactions inside the caller's database transaction, in three statements however many there are:
 *
 * <ol>
 *   <li>{@link #CLAIM} claims each cause; what was posted before drops out here;
 *   <li>{@link #POST} inserts the postings;
 *   <li>{@link #BALANCE} adds to each touched account once, the sum of all.
 * </ol>
 *
 * Causes are claimed in their order, and accounts are locked last, in theirs, so that two of these cannot deadlock. The
 * caller ends its transaction at once after this: accounts that everybody touches are locked until then.
 */
@ApplicationScoped
public class Ledger {
    private static final String CLAIM = """
            INSERT INTO ledger_transaction (cause, kind, order_id, payout_id, occurred_at)
            SELECT *
            FROM unnest($1::text[], $2::text[], $3::uuid[], $4::uuid[], $5::timestamptz[])
              AS batch (cause, kind, order_id, payout_id, occurred_at)
            ORDER BY cause
            ON CONFLICT DO NOTHING
            RETURNING id, cause
            """;

    private static final String POST = """
            INSERT INTO posting (transaction_id, line, account, currency, amount)
            SELECT *
            FROM unnest($1::bigint[], $2::smallint[], $3::text[], $4::text[], $5::bigint[])
            """;

    private static final String BALANCE = """
            INSERT INTO account_balance (account, currency, balance)
            SELECT *
            FROM unnest($1::text[], $2::text[], $3::bigint[]) AS batch (account, currency, change)
            ORDER BY account, currency
            ON CONFLICT (account, currency) DO UPDATE
              SET balance = account_balance.balance + excluded.balance
            """;

    private record Line(long transactionId, short number, Posting posting) {
        String account() {
            return posting.account().accountName();
        }

        Money money() {
            return posting.money();
        }
    }

    private record Balance(String account, Currency currency) {}

    /**
     * Posts those whose cause is not in the ledger yet. Fails with {@link ArithmeticException} where a sum of theirs
     * leaves the range of {@code long}, and as PostgreSQL does where a balance would.
     *
     * @return the causes posted now
     */
    public Uni<Set<String>> post(SqlConnection connection, List<LedgerTransaction> transactions) {
        if (transactions.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        return claim(connection, transactions)
                .call(claimed -> fill(connection, lines(claimed, transactions)))
                .map(Map::keySet);
    }

    /**
     * Posts all of them, as {@link #post} does: for a caller who knows by its own locked rows that none is posted yet.
     * Fails with {@link IllegalArgumentException} where the ledger has one of the causes nevertheless.
     */
    public Uni<Void> postAll(SqlConnection connection, List<LedgerTransaction> transactions) {
        return post(connection, transactions)
                .invoke(posted -> requireAll(posted, transactions))
                .replaceWithVoid();
    }

    private static void requireAll(Set<String> posted, List<LedgerTransaction> transactions) {
        if (posted.size() != transactions.size()) {
            throw new IllegalArgumentException("the ledger has one of these causes already, for something else");
        }
    }

    /** Each cause claimed now, with the id of its transaction. */
    private static Uni<Map<String, Long>> claim(SqlConnection connection, List<LedgerTransaction> transactions) {
        return connection
                .preparedQuery(CLAIM)
                .execute(Columns.of(transactions)
                        .texts(LedgerTransaction::cause)
                        .texts(transaction -> transaction.kind().name())
                        .uuids(LedgerTransaction::orderId)
                        .uuids(LedgerTransaction::payoutId)
                        .times(LedgerTransaction::occurredAt)
                        .tuple())
                .map(Ledger::claimed);
    }

    private static Map<String, Long> claimed(RowSet<Row> rows) {
        Map<String, Long> claimed = new HashMap<>();
        rows.forEach(row -> claimed.put(row.getString("cause"), row.getLong("id")));
        return claimed;
    }

    /** Of two transactions with one cause the first is meant. */
    private static List<Line> lines(Map<String, Long> claimed, List<LedgerTransaction> transactions) {
        List<Line> lines = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (LedgerTransaction transaction : transactions) {
            Long id = claimed.get(transaction.cause());
            if (id != null && seen.add(transaction.cause())) {
                short number = 0;
                for (Posting posting : transaction.postings()) {
                    lines.add(new Line(id, number++, posting));
                }
            }
        }
        return lines;
    }

    private static Uni<Void> fill(SqlConnection connection, List<Line> lines) {
        if (lines.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple postings = Columns.of(lines)
                .longs(Line::transactionId)
                .shorts(Line::number)
                .texts(Line::account)
                .currencies(Line::money)
                .amounts(Line::money)
                .tuple();
        Tuple changes = Columns.of(changes(lines))
                .texts(change -> change.getKey().account())
                .currencies(Map.Entry::getValue)
                .amounts(Map.Entry::getValue)
                .tuple();
        return connection
                .preparedQuery(POST)
                .execute(postings)
                .flatMap(posted -> connection.preparedQuery(BALANCE).execute(changes))
                .replaceWithVoid();
    }

    private static List<Map.Entry<Balance, Money>> changes(List<Line> lines) {
        Map<Balance, Money> sums = new HashMap<>();
        lines.forEach(
                line -> sums.merge(new Balance(line.account(), line.money().currency()), line.money(), Money::plus));
        return List.copyOf(sums.entrySet());
    }
}
