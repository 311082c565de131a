package io.livesale.payout.posting;

import io.livesale.payout.LedgerTransaction;
import io.livesale.payout.Money;
import io.livesale.payout.Posting;
import io.livesale.payout.Rate;
import io.livesale.payout.Sale;
import io.livesale.payout.SaleParts;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes a batch of sales in one transaction of four statements, however many sales there are (the fee programmes that
 * cover them were read by one statement before):
 *
 * <ol>
 *   <li>{@link #OPEN} claims each sale's event id; what was posted before drops out here;
 *   <li>{@link #POST} inserts the postings;
 *   <li>{@link #DESCRIBE} inserts the statement lines;
 *   <li>{@link #BALANCE} adds to each touched account once, the sum of the batch.
 * </ol>
 *
 * Two replicas cannot deadlock: event ids are claimed in their order, and accounts are locked last, in theirs. The
 * accounts that every sale touches are thus locked only until the commit that follows at once.
 */
@ApplicationScoped
class SaleLedger {
    private static final String OPEN = """
            INSERT INTO ledger_transaction (cause, kind, order_id, occurred_at)
            SELECT cause, kind, order_id, occurred_at
            FROM unnest($1::text[], $2::text[], $3::uuid[], $4::timestamptz[])
              AS batch (cause, kind, order_id, occurred_at)
            ORDER BY cause
            ON CONFLICT DO NOTHING
            RETURNING id, cause
            """;

    private static final String POST = """
            INSERT INTO posting (transaction_id, line, account, currency, amount)
            SELECT *
            FROM unnest($1::bigint[], $2::smallint[], $3::text[], $4::text[], $5::bigint[])
            """;

    private static final String DESCRIBE = """
            INSERT INTO sale (
              order_id, offer_id, session_id, kind, units, seller_id, creator_id, county, settlement_profile, paid_at,
              currency, gross, fee, commission, seller_net, waived_fee,
              fee_basis_points, standard_fee_basis_points, commission_basis_points, programme_id)
            SELECT *
            FROM unnest(
              $1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::integer[], $6::text[], $7::text[], $8::text[],
              $9::text[], $10::timestamptz[],
              $11::text[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[], $16::bigint[],
              $17::integer[], $18::integer[], $19::integer[], $20::text[])
            """;

    private static final String BALANCE = """
            INSERT INTO account_balance (account, currency, balance)
            SELECT account, currency, change
            FROM unnest($1::text[], $2::text[], $3::bigint[]) AS batch (account, currency, change)
            ORDER BY account, currency
            ON CONFLICT (account, currency) DO UPDATE
              SET balance = account_balance.balance + excluded.balance
            """;

    private final Pool pool;

    SaleLedger(Pool pool) {
        this.pool = pool;
    }

    /** What a batch came to: sales posted, sales that had been posted before, and postings written. */
    record Posted(int sales, int repeats, int postings) {}

    private record Opened(long id, Sale sale, LedgerTransaction transaction) {}

    private record Line(long transactionId, short number, Posting posting) {}

    private record Balance(String account, String currency) {}

    /** Posts each sale that is not in the ledger yet, all of them or none. */
    Uni<Posted> post(List<Sale> sales) {
        return pool.withTransaction(connection -> open(connection, sales)
                .flatMap(opened -> opened.isEmpty()
                        ? Uni.createFrom().item(new Posted(0, sales.size(), 0))
                        : fill(connection, opened)
                                .map(postings -> new Posted(opened.size(), sales.size() - opened.size(), postings))));
    }

    private static Uni<List<Opened>> open(SqlConnection connection, List<Sale> sales) {
        Tuple columns = columns(
                column(sales, Sale::cause, String[]::new),
                column(sales, sale -> LedgerTransaction.Kind.SALE.name(), String[]::new),
                column(sales, sale -> sale.order().orderId(), UUID[]::new),
                column(sales, SaleLedger::paidAt, OffsetDateTime[]::new));
        return connection.preparedQuery(OPEN).execute(columns).map(rows -> opened(sales, rows));
    }

    private static List<Opened> opened(List<Sale> sales, RowSet<Row> rows) {
        Map<String, Sale> byCause = new HashMap<>();
        sales.forEach(sale -> byCause.putIfAbsent(sale.cause(), sale));
        List<Opened> opened = new ArrayList<>(rows.rowCount());
        for (Row row : rows) {
            Sale sale = byCause.get(row.getString("cause"));
            opened.add(new Opened(row.getLong("id"), sale, sale.transaction()));
        }
        return opened;
    }

    private static Uni<Integer> fill(SqlConnection connection, List<Opened> opened) {
        List<Line> lines = opened.stream()
                .flatMap(transaction -> lines(transaction).stream())
                .toList();
        return insertPostings(connection, lines)
                .flatMap(done -> insertSales(
                        connection, opened.stream().map(Opened::sale).toList()))
                .flatMap(done -> changeBalances(connection, lines))
                .replaceWith(lines.size());
    }

    private static List<Line> lines(Opened opened) {
        List<Line> lines = new ArrayList<>();
        for (Posting posting : opened.transaction().postings()) {
            lines.add(new Line(opened.id(), (short) lines.size(), posting));
        }
        return lines;
    }

    private static Uni<RowSet<Row>> insertPostings(SqlConnection connection, List<Line> lines) {
        return connection
                .preparedQuery(POST)
                .execute(columns(
                        column(lines, Line::transactionId, Long[]::new),
                        column(lines, Line::number, Short[]::new),
                        column(lines, line -> line.posting().account().accountName(), String[]::new),
                        column(lines, line -> currency(line.posting().money()), String[]::new),
                        column(lines, line -> line.posting().money().amount(), Long[]::new)));
    }

    private static Uni<RowSet<Row>> insertSales(SqlConnection connection, List<Sale> sales) {
        return connection
                .preparedQuery(DESCRIBE)
                .execute(columns(
                        column(sales, sale -> sale.order().orderId(), UUID[]::new),
                        column(sales, sale -> sale.order().offerId(), UUID[]::new),
                        column(sales, sale -> sale.order().sessionId(), UUID[]::new),
                        column(sales, sale -> sale.order().kind().name(), String[]::new),
                        column(sales, sale -> sale.order().quantity(), Integer[]::new),
                        column(sales, sale -> sale.order().sellerId(), String[]::new),
                        column(sales, sale -> sale.order().creatorId(), String[]::new),
                        column(sales, sale -> sale.order().county(), String[]::new),
                        column(sales, sale -> name(sale.order().settlementProfile()), String[]::new),
                        column(sales, SaleLedger::paidAt, OffsetDateTime[]::new),
                        column(sales, sale -> currency(sale.parts().gross()), String[]::new),
                        amounts(sales, SaleParts::gross),
                        amounts(sales, SaleParts::fee),
                        amounts(sales, SaleParts::commission),
                        amounts(sales, SaleParts::sellerNet),
                        amounts(sales, SaleParts::waivedFee),
                        rates(sales, sale -> sale.fee().rate()),
                        rates(sales, sale -> sale.fee().standard()),
                        column(sales, sale -> sale.order().commissionBasisPoints(), Integer[]::new),
                        column(sales, sale -> sale.fee().programmeId(), String[]::new)));
    }

    private static Uni<RowSet<Row>> changeBalances(SqlConnection connection, List<Line> lines) {
        Map<Balance, Long> changes = new HashMap<>();
        lines.stream()
                .map(Line::posting)
                .forEach(posting -> changes.merge(
                        new Balance(posting.account().accountName(), currency(posting.money())),
                        posting.money().amount(),
                        Math::addExact));
        List<Balance> balances = List.copyOf(changes.keySet());
        return connection
                .preparedQuery(BALANCE)
                .execute(columns(
                        column(balances, Balance::account, String[]::new),
                        column(balances, Balance::currency, String[]::new),
                        column(balances, changes::get, Long[]::new)));
    }

    private static Tuple columns(Object... columns) {
        return Tuple.from(Arrays.asList(columns));
    }

    private static <R, T> T[] column(List<R> rows, Function<R, @Nullable T> value, IntFunction<T[]> array) {
        return rows.stream().map(value).toArray(array);
    }

    private static Long[] amounts(List<Sale> sales, Function<SaleParts, Money> part) {
        return column(sales, sale -> part.apply(sale.parts()).amount(), Long[]::new);
    }

    private static Integer[] rates(List<Sale> sales, Function<Sale, Rate> rate) {
        return column(sales, sale -> rate.apply(sale).basisPoints(), Integer[]::new);
    }

    private static OffsetDateTime paidAt(Sale sale) {
        return sale.order().at().atOffset(ZoneOffset.UTC);
    }

    private static String currency(Money money) {
        return money.currency().getCurrencyCode();
    }

    private static @Nullable String name(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }
}
