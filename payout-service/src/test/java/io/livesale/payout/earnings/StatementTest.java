package io.livesale.payout.earnings;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.livesale.payout.Account.Party;
import io.livesale.payout.Account.Stage;
import io.livesale.payout.Ledger;
import io.livesale.payout.LedgerTransaction;
import io.livesale.payout.LedgerTransaction.Kind;
import io.livesale.payout.Money;
import io.livesale.payout.MovableClock;
import io.livesale.payout.OrderTopic;
import io.livesale.payout.PaidOrders;
import io.livesale.payout.Posting;
import io.livesale.stack.StackResource;
import io.livesale.stack.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A month's opening balance, its movements and its closing balance are the ledger's, line by line and in sums. */
@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class StatementTest {
    private static final Instant DELIVERED = Instant.parse("2026-11-24T10:30:00Z");
    /** Where October ends in Shanghai. */
    private static final Instant NOVEMBER = Instant.parse("2020-10-31T16:00:00Z");

    private static final Instant DECEMBER = Instant.parse("2020-11-30T16:00:00Z");
    private static final Stage[] OWED = {Stage.PENDING, Stage.AVAILABLE, Stage.RESERVED, Stage.IN_TRANSIT};
    private static final int ORDERS = 6;

    @Inject
    MovableClock clock;

    @Inject
    Ledger ledger;

    @Inject
    Pool pool;

    private final String seller = "seller-" + UUID.randomUUID();
    private final Booking booking = new Booking(seller);

    @BeforeEach
    void stopTheClock() {
        clock.moveTo(DELIVERED);
    }

    @AfterEach
    void letTheClockRun() {
        clock.run();
    }

    @Test
    void openingAndLinesMakeTheClosingBalanceInEveryMonth() throws SQLException {
        haveAllKindsOfMovements();
        booking.startAt(NOVEMBER.minusSeconds(8));

        checkMonth("2020-10", NOVEMBER);
        checkMonth("2020-11", DECEMBER);
        statement("2020-12").body("totals", hasSize(0)).body("opening.balance.amount", equalTo((int)
                booking.sumBefore(DECEMBER, OWED)));
    }

    @Test
    void aMovementBelongsToTheMonthInWhichItWasBooked() throws SQLException {
        PaidOrders order = order();
        OrderTopic.send(List.of(order.event()));
        awaitPosted(1);

        booking.startAt(NOVEMBER.minusMillis(1));
        statement("2020-10").body("closing.balance.amount", equalTo(4478));
        statement("2020-11").body("opening.balance.amount", equalTo(4478)).body("totals", hasSize(0));

        booking.startAt(NOVEMBER);
        statement("2020-10").body("closing.balance.amount", equalTo(0)).body("totals", hasSize(0));
        statement("2020-11")
                .body("totals[0].kind", equalTo("SALE"))
                .body("totals[0].movements", equalTo(1))
                .body("totals[0].change.amount", equalTo(4478));
        movements("2020-11", "")
                .body("items[0].orderId", equalTo(order.orderId().toString()))
                .body("items[0].bookedAt", equalTo(NOVEMBER.toString()))
                .body("items[0].occurredAt", equalTo("2026-11-21T12:03:20Z"))
                .body("items[0].moves[0].stage", equalTo("PENDING"))
                .body("items[0].moves[0].amount.amount", equalTo(4478));
    }

    @Test
    void whoeverIsSellerAndCreatorHasOneMovementForEachSale() throws SQLException {
        OrderTopic.send(List.of(order().creator(seller).event()));
        awaitPosted(1);
        booking.startAt(NOVEMBER);

        movements("2020-11", "").body("items", hasSize(1)).body("items[0].change.amount", equalTo(4478 + 1194));
    }

    @Test
    void downloadsTheSameMovementsAsCsv() throws SQLException {
        int orders = 450;
        OrderTopic.send(
                IntStream.range(0, orders).mapToObj(i -> order().event()).toList());
        awaitPosted(orders);
        booking.startAt(NOVEMBER);

        String csv = given().auth()
                .oauth2(Tokens.of(seller, "seller"))
                .accept("text/csv")
                .get("/earnings/me/movements?month=2020-11")
                .then()
                .statusCode(200)
                .header("Content-Type", "text/csv;charset=UTF-8")
                .header("Content-Disposition", containsString("movements-2020-11-CNY.csv"))
                .extract()
                .asString();

        String[] lines = csv.split("\r\n");
        assertEquals(MovementCsv.HEADER, lines[0] + "\r\n");
        assertEquals(orders + 1, lines.length);
        for (int line = 1; line <= orders; line++) {
            String[] cells = lines[line].split(",");
            assertEquals("SALE", cells[1]);
            assertEquals("4478", cells[7]);
            assertEquals(Long.toString(4478L * line), cells[13]);
        }
    }

    @Test
    void endsBeforeWhatSomethingOlderMayStillComeBefore() {
        String month = YearMonth.now(ZoneId.of("Asia/Shanghai")).toString();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Void> ended = new CompletableFuture<>();
        CompletableFuture<?> older = pool.withTransaction(connection -> connection
                        .query("SELECT 1")
                        .execute()
                        .invoke(() -> begun.complete(null))
                        .chain(() -> Uni.createFrom().completionStage(ended))
                        .chain(() -> ledger.postAll(
                                connection, List.of(payout(700, Kind.PAYOUT, Stage.AVAILABLE, Stage.PAID)))))
                .subscribeAsCompletionStage();
        begun.join();
        OrderTopic.send(List.of(order().event()));
        awaitPosted(1);

        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            movements(month, "").body("items", hasSize(0));
            statement(month).body("closing.balance.amount", equalTo(0));
        });
        ended.complete(null);
        older.join();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> movements(month, "")
                        .body("items.kind", contains("PAYOUT", "SALE"))
                        .body("items.balance.amount", contains(-700, 3778)));
        statement(month).body("closing.balance.amount", equalTo(3778));
    }

    @Test
    void isAboutThisMonthUnlessSaidAndShowsAStrangerNothing() {
        given().auth()
                .oauth2(Tokens.of("stranger-" + UUID.randomUUID(), "creator"))
                .get("/earnings/me/statement")
                .then()
                .statusCode(200)
                .body("month", equalTo("2026-11"))
                .body("currency", equalTo("CNY"))
                .body("zone", equalTo("Asia/Shanghai"))
                .body("from", equalTo("2026-10-31T16:00:00Z"))
                .body("until", equalTo("2026-11-30T16:00:00Z"))
                .body("closing.balance.amount", equalTo(0));
    }

    @ParameterizedTest
    @CsvSource({
        "statement?month=2026-13, month",
        "statement?month=2026-1, month",
        "statement?month=0000-01, month",
        "statement?month=November, month",
        "statement?currency=yuan, currency",
        "movements?month=202611, month",
        "movements?month=2026-11&currency=XXXX, currency",
        "movements?month=2026-11&limit=0, limit",
        "movements?month=2026-11&cursor=2026-11-21T12:00:00Z, cursor",
        "movements?month=2026-11&cursor=2026-11-21T12:00:00Z/x, cursor",
        "movements?month=2026-11&cursor=2026-10-21T12:00:00Z/1, cursor"
    })
    void refusesWhatIsNoMonthCurrencyOrCursor(String path, String field) {
        given().auth()
                .oauth2(Tokens.of(seller, "seller"))
                .get("/earnings/me/" + path)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations[0].field", equalTo(field));
    }

    /** Sales, a refund before the release, releases, one after it, a payout that arrives and one that comes back. */
    private void haveAllKindsOfMovements() throws SQLException {
        List<PaidOrders> orders =
                IntStream.range(0, ORDERS).mapToObj(i -> order()).toList();
        List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>();
        orders.forEach(
                order -> events.addAll(List.of(order.event(), order.delivered(DELIVERED), order.completed(DELIVERED))));
        events.add(orders.get(0).refunded("early", 1990, DELIVERED));
        OrderTopic.send(events);
        awaitPosted(ORDERS + 1);
        clock.moveTo(DELIVERED.plus(Duration.ofDays(7)));
        awaitPosted(2 * ORDERS + 1);
        OrderTopic.send(List.of(orders.get(1).refunded("late", 1990, DELIVERED)));
        awaitPosted(2 * ORDERS + 2);
        pay(5000, Kind.PAYOUT, Stage.AVAILABLE, Stage.IN_TRANSIT);
        pay(5000, Kind.PAYOUT_PAID, Stage.IN_TRANSIT, Stage.PAID);
        pay(700, Kind.PAYOUT, Stage.AVAILABLE, Stage.IN_TRANSIT);
        pay(700, Kind.PAYOUT_RETURNED, Stage.IN_TRANSIT, Stage.AVAILABLE);
    }

    private void pay(long amount, Kind kind, Stage from, Stage to) {
        LedgerTransaction transaction = payout(amount, kind, from, to);
        pool.withTransaction(connection -> ledger.postAll(connection, List.of(transaction)))
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    private LedgerTransaction payout(long amount, Kind kind, Stage from, Stage to) {
        Money money = new Money(amount, Currency.getInstance("CNY"));
        UUID payoutId = UUID.randomUUID();
        return LedgerTransaction.ofPayout(
                payoutId + "." + kind,
                kind,
                payoutId,
                clock.instant(),
                List.of(
                        new Posting(new Party(seller, from), money.negated()),
                        new Posting(new Party(seller, to), money)));
    }

    /** By its sums, by its lines page by page, and by the postings themselves. */
    private void checkMonth(String month, Instant end) throws SQLException {
        JsonPath sums = statement(month).extract().jsonPath();
        long balance = sums.getLong("opening.balance.amount");
        int lines = 0;
        String cursor = "";
        while (cursor != null) {
            JsonPath page = movements(month, "&limit=3" + cursor).extract().jsonPath();
            for (int item = 0; item < page.getList("items").size(); item++, lines++) {
                balance += page.getLong("items[" + item + "].change.amount");
                assertEquals(balance, page.getLong("items[" + item + "].balance.amount"));
            }
            String next = page.getString("nextCursor");
            cursor = next == null ? null : "&cursor=" + next;
        }

        assertFalse(lines == 0, month);
        assertEquals(
                sums.getList("totals.movements", Integer.class).stream()
                        .mapToInt(i -> i)
                        .sum(),
                lines);
        assertEquals(balance, sums.getLong("closing.balance.amount"));
        assertEquals(booking.sumBefore(end, OWED), balance);
        assertEquals(booking.sumBefore(end, Stage.PENDING), sums.getLong("closing.pending.amount"));
        assertEquals(booking.sumBefore(end, Stage.AVAILABLE), sums.getLong("closing.available.amount"));
        assertEquals(booking.sumBefore(end, Stage.IN_TRANSIT), sums.getLong("closing.inTransit.amount"));
        assertEquals(booking.sumBefore(end, Stage.PAID), sums.getLong("closing.paid.amount"));
    }

    private PaidOrders order() {
        return PaidOrders.sale().seller(seller);
    }

    private void awaitPosted(int transactions) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertEquals(transactions, booking.transactions()));
    }

    private ValidatableResponse statement(String month) {
        return get("/earnings/me/statement?month=" + month);
    }

    private ValidatableResponse movements(String month, String rest) {
        return get("/earnings/me/movements?month=" + month + rest);
    }

    private ValidatableResponse get(String path) {
        return given().urlEncodingEnabled(false)
                .auth()
                .oauth2(Tokens.of(seller, "seller"))
                .get(path)
                .then()
                .statusCode(200);
    }
}
