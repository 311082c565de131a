package io.livesale.payout.verification;

import io.livesale.payout.verification.Findings.Balance;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;

/** Looks at ledger transactions: each sums to zero, and each sale's is the sale as it was split. */
@Singleton
class TransactionCheck {
    /** Whoever is seller and creator of a sale has both parts on one account. */
    private static final String SUMS = """
            SELECT
              count(DISTINCT id) AS transactions,
              coalesce(sum(postings), 0)::bigint AS postings,
              count(DISTINCT id) FILTER (WHERE posted <> 0) AS unbalanced,
              count(DISTINCT sale_id) AS sales,
              count(DISTINCT id) FILTER (WHERE kind = 'SALE' AND as_split IS NOT TRUE) AS wrong_sales
            FROM (
              SELECT
                ledger_transaction.id, ledger_transaction.kind, sale.order_id AS sale_id,
                count(amount) AS postings,
                coalesce(sum(amount), 0) AS posted,
                count(amount) <= 4
                  AND coalesce(posting.currency, sale.currency) = sale.currency
                  AND coalesce(sum(amount) FILTER (WHERE account = 'psp-clearing'), 0) = -gross
                  AND coalesce(sum(amount) FILTER (WHERE account = 'platform:fees'), 0) = fee
                  AND coalesce(sum(amount) FILTER (WHERE account = 'party:' || seller_id || ':pending'), 0)
                    = seller_net + CASE WHEN seller_id = creator_id THEN commission ELSE 0 END
                  AND coalesce(sum(amount) FILTER (WHERE account = 'party:' || creator_id || ':pending'), 0)
                    = commission + CASE WHEN seller_id = creator_id THEN seller_net ELSE 0 END
                  AS as_split
              FROM ledger_transaction
              LEFT JOIN posting ON transaction_id = ledger_transaction.id AND transaction_id > $1 AND transaction_id <= $2
              LEFT JOIN sale ON ledger_transaction.kind = 'SALE' AND sale.order_id = ledger_transaction.order_id
              WHERE ledger_transaction.id > $1 AND ledger_transaction.id <= $2
              GROUP BY ledger_transaction.id, posting.currency, sale.order_id) AS summed
            """;

    private static final String PLATFORM = """
            SELECT account, currency, sum(amount)::bigint AS amount, count(*) AS postings
            FROM posting
            WHERE transaction_id > $1 AND transaction_id <= $2 AND account NOT LIKE 'party:%'
            GROUP BY account, currency
            """;

    /** Adds what is found among the transactions with ids above {@code after}, up to {@code last}. */
    Uni<Void> check(SqlConnection connection, long after, long last, Findings findings) {
        Tuple range = Tuple.of(after, last);
        return connection
                .preparedQuery(SUMS)
                .execute(range)
                .invoke(rows -> addSums(rows.iterator().next(), findings))
                .chain(done -> connection.preparedQuery(PLATFORM).execute(range))
                .invoke(rows -> rows.forEach(row -> addPlatform(row, findings)))
                .replaceWithVoid();
    }

    /** Sales that the ledger has no transaction of. To be asked when all transactions were looked at. */
    Uni<Void> unposted(SqlConnection connection, Findings findings) {
        return connection
                .query("SELECT count(*) AS sales FROM sale")
                .execute()
                .invoke(rows -> findings.wrongSales += rows.iterator().next().getLong("sales") - findings.sales)
                .replaceWithVoid();
    }

    private static void addSums(Row row, Findings findings) {
        findings.transactions += row.getLong("transactions");
        findings.postings += row.getLong("postings");
        findings.unbalanced += row.getLong("unbalanced");
        findings.sales += row.getLong("sales");
        findings.wrongSales += row.getLong("wrong_sales");
    }

    private static void addPlatform(Row row, Findings findings) {
        Balance balance = new Balance(row.getString("account"), row.getString("currency"));
        findings.platform.merge(balance, row.getLong("amount"), Math::addExact);
        findings.postingsOfPlatform += row.getLong("postings");
    }
}
