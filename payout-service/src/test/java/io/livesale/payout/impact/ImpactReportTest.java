package io.livesale.payout.impact;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.payout.Database;
import io.livesale.payout.Events;
import io.livesale.payout.FeeProgramme;
import io.livesale.payout.FeeProgrammes;
import io.livesale.payout.OrderTopic;
import io.livesale.payout.PaidOrders;
import io.livesale.payout.Rate;
import io.livesale.stack.StackResource;
import io.livesale.stack.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Each test has days of its own, far from all others'. */
@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class ImpactReportTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Inject
    FeeProgrammes programmes;

    private final LocalDate day =
            LocalDate.of(2100, 1, 1).plusDays(10L * ThreadLocalRandom.current().nextInt(100_000));
    private final Instant noon = day.atTime(12, 0).atZone(ZONE).toInstant();
    private final UUID session = UUID.randomUUID();
    private final String seller = "seller-" + UUID.randomUUID();
    private final String creator = "creator-" + UUID.randomUUID();

    @Test
    void addsUpTheWorkedExampleAndAGift() {
        String programme = "programme-" + UUID.randomUUID();
        programmes
                .put(
                        new FeeProgramme(
                                programme, "help", Set.of(ToldOffer.COUNTY), new Rate(100), noon, noon.plusSeconds(60)),
                        "ops")
                .await()
                .indefinitely();
        ToldOffer product = offer();
        ToldOffer gift = offer().gift();
        tell(product.opened(), gift.opened());
        post(order(product), order(gift).total(999, "CNY"));

        report().statusCode(200)
                .body("from", equalTo(day.toString()))
                .body("to", equalTo(day.toString()))
                .body("earners.total", equalTo(2))
                .body("earners.designated", equalTo(1))
                .body("totals", hasSize(1))
                .body("totals[0].currency", equalTo("CNY"))
                .body("totals[0].orders", equalTo(2))
                .body("totals[0].units", equalTo(6))
                .body("totals[0].gross.amount", equalTo(5970 + 999))
                .body("totals[0].creatorIncome.amount", equalTo(1194 + 499))
                .body("totals[0].sellerIncome.amount", equalTo(4717))
                .body("totals[0].fees.amount", equalTo(59 + 500))
                .body("totals[0].waived.amount", equalTo(239))
                .body("totals[0].county", nullValue())
                .body("byCounty.county", contains("610726", ToldOffer.COUNTY))
                .body("byCounty.designated", contains(false, true))
                .body("byCounty.gross.amount", contains(999, 5970))
                .body("byDay.day", contains(day.toString()))
                .body("byDay[0].gross.amount", equalTo(6969))
                .body("waivedByProgramme.programmeId", contains(programme))
                .body("waivedByProgramme[0].orders", equalTo(1))
                .body("waivedByProgramme[0].waived.amount", equalTo(239));
    }

    @Test
    void leavesOutWhatWasRefunded() {
        ToldOffer offer = offer();
        tell(offer.opened());
        PaidOrders inPart = order(offer);
        PaidOrders inFull = order(offer).creator("another-" + creator);
        post(inPart, inFull);

        OrderTopic.send(List.of(refund(inPart, 1990, 3980), refund(inFull, 5970, 0)));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> report().body("totals[0].gross.amount", equalTo(3980))
                        .body("totals[0].creatorIncome.amount", equalTo(796))
                        .body("totals[0].sellerIncome.amount", equalTo(2985))
                        .body("totals[0].fees.amount", equalTo(199))
                        .body("totals[0].orders", equalTo(1))
                        .body("totals[0].units", equalTo(3))
                        .body("earners.total", equalTo(2))
                        .body("sessions[0].accepted", equalTo(2))
                        .body("sessions[0].units", equalTo(3))
                        .body("sessions[0].gross.amount", equalTo(3980)));
    }

    @Test
    void endsADayAtMidnightOfTheSettingsZone() {
        ToldOffer offer = offer();
        tell(offer.opened());
        Instant midnight = day.plusDays(1).atStartOfDay(ZONE).toInstant();
        post(
                order(offer).at(day.atStartOfDay(ZONE).toInstant().minusMillis(1)),
                order(offer).at(day.atStartOfDay(ZONE).toInstant()),
                order(offer).at(midnight.minusMillis(1)),
                order(offer).at(midnight),
                order(offer).at(midnight.plus(Duration.ofDays(1))));

        report().body("totals[0].orders", equalTo(2));
        report("?from=" + day + "&to=" + day.plusDays(1))
                .body("totals[0].orders", equalTo(3))
                .body("byDay.day", contains(day.toString(), day.plusDays(1).toString()))
                .body("byDay.orders", contains(2, 1));
    }

    @Test
    void keepsCurrenciesApart() {
        ToldOffer offer = offer();
        tell(offer.opened());
        post(order(offer), order(offer).total(1000, "USD"));

        report().body("totals.currency", contains("CNY", "USD"))
                .body("totals.gross.amount", contains(5970, 1000))
                .body("byCounty.currency", contains("CNY", "USD"))
                .body("byDay.currency", contains("CNY", "USD"))
                .body("earners.total", equalTo(2));
    }

    @Test
    void countsAPersonOnceAndByWhatTheyEarnedOn() {
        ToldOffer designated = offer();
        ToldOffer other = offer().undesignated();
        ToldOffer atHome = offer().undesignated().creatorFrom(ToldOffer.COUNTY, true);
        tell(designated.opened(), other.opened(), atHome.opened());
        post(
                // Sells and streams, from a designated county one time of two.
                order(designated).seller(creator),
                order(other).seller(creator),
                order(other).seller(seller).creator("a-" + creator),
                order(atHome).seller("b-" + seller).creator("c-" + creator),
                // Earns nothing.
                order(other)
                        .seller("d-" + seller)
                        .creator("a-" + creator)
                        .commission(0)
                        .total(0, "CNY"));

        report().body("earners.total", equalTo(5)).body("earners.designated", equalTo(2));
    }

    @Test
    void countsASaleOfAnOfferThatWasNotToldYet() {
        ToldOffer untold = offer();
        post(order(untold));

        report().body("byCounty.county", contains(ToldOffer.COUNTY))
                .body("byCounty.designated", contains(false))
                .body("earners.total", equalTo(2))
                .body("earners.designated", equalTo(0))
                .body("sessions", hasSize(0));

        tell(untold.opened());

        report().body("byCounty.designated", contains(true)).body("earners.designated", equalTo(1));
    }

    @Test
    void tellsHowASessionWent() {
        ToldOffer first = offer();
        ToldOffer second = offer().openedAt(noon.plusSeconds(60));
        ToldOffer gift = offer().gift().openedAt(noon.minusSeconds(60));
        tell(first.opened(), second.opened(), gift.opened());
        tell(
                first.figures(0, 40, noon.plusSeconds(30)),
                gift.figures(null, 7, noon.plusSeconds(30)),
                second.figures(1, 20, noon.plusSeconds(90)));
        post(order(first), order(second), order(gift).total(999, "CNY"));

        report().body("sessions", hasSize(1))
                .body("sessions[0].sessionId", equalTo(session.toString()))
                .body("sessions[0].creatorId", equalTo(creator))
                .body("sessions[0].openedAt", equalTo(noon.minusSeconds(60).toString()))
                .body("sessions[0].orders", equalTo(67))
                .body("sessions[0].accepted", equalTo(3))
                .body("sessions[0].units", equalTo(9))
                .body("sessions[0].gross.amount", equalTo(2 * 5970 + 999))
                .body("sessions[0].soldOutAfterSeconds", nullValue());

        tell(second.figures(0, 25, noon.plusSeconds(120)));

        report().body("sessions[0].orders", equalTo(72)).body("sessions[0].soldOutAfterSeconds", equalTo(120));
    }

    @Test
    void showsASessionInFullThoughItBeganAndEndedOutsideOfTheTime() {
        Instant evening = day.atStartOfDay(ZONE).toInstant().minusSeconds(60);
        ToldOffer early = offer().openedAt(evening);
        ToldOffer late = offer();
        tell(early.opened(), late.opened());
        post(order(early).at(evening.plusSeconds(1)), order(late), order(late).at(noon.plus(Duration.ofDays(2))));

        report().body("totals[0].orders", equalTo(1)).body("sessions[0].accepted", equalTo(3));
    }

    @Test
    void showsOnlyTheNewestOfManySessions() throws SQLException {
        try (Connection owner = Database.asOwner();
                Statement statement = owner.createStatement()) {
            statement.execute("""
                    INSERT INTO offer (offer_id, session_id, creator_id, kind, currency, opened_at)
                    SELECT gen_random_uuid(), gen_random_uuid(), 'creator-' || n, 'GIFT', 'CNY',
                           '%s'::timestamptz + n * interval '1 second'
                    FROM generate_series(1, 501) AS n
                    """.formatted(noon));
        }

        report().body("sessions", hasSize(500))
                .body("sessions[0].creatorId", equalTo("creator-501"))
                .body("sessions[499].creatorId", equalTo("creator-2"));
    }

    @Test
    void isEmptyWhereNothingWasSold() {
        report().statusCode(200)
                .body("earners.total", equalTo(0))
                .body("totals", hasSize(0))
                .body("sessions", hasSize(0));
    }

    private ToldOffer offer() {
        return new ToldOffer(session, creator).openedAt(noon);
    }

    private PaidOrders order(ToldOffer offer) {
        PaidOrders order = offer.order().at(noon);
        return order.order().sellerId() == null ? order : order.seller(seller);
    }

    private static ConsumerRecord<byte[], byte[]> refund(PaidOrders order, long amount, long left) {
        UUID id = order.orderId();
        String json = """
                {"orderId": "%s", "offerId": "%s", "buyerId": "lin", "paymentId": "%s", "refundId": "broken-jar",
                 "amount": {"amount": %d, "currency": "CNY"}, "left": {"amount": %d, "currency": "CNY"},
                 "restockedUnits": 0, "reason": "broken", "at": "%s"}
                """.formatted(id, id, id, amount, left, order.order().at().plusSeconds(60));
        return Events.of(id + ".4", "order.refunded", json);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static void tell(ConsumerRecord<byte[], byte[]>... told) {
        ToldOffer.send(List.of(told));
        for (ConsumerRecord<byte[], byte[]> event : told) {
            String known = known(event);
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertEquals(1, Database.number(known)));
        }
    }

    private static String known(ConsumerRecord<byte[], byte[]> event) {
        JsonPath json = JsonPath.from(new String(event.value(), StandardCharsets.UTF_8));
        String offerId = json.getString("offerId");
        return event.topic().equals(ToldOffer.OFFERS)
                ? "SELECT count(*) FROM offer WHERE offer_id = '%s'".formatted(offerId)
                : "SELECT count(*) FROM offer_sales WHERE offer_id = '%s' AND orders >= %d"
                        .formatted(offerId, json.getInt("orders"));
    }

    private static void post(PaidOrders... orders) {
        OrderTopic.send(Stream.of(orders).map(PaidOrders::event).toList());
        for (PaidOrders order : orders) {
            String posted = "SELECT count(*) FROM sale WHERE order_id = '" + order.orderId() + "'";
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertEquals(1, Database.number(posted)));
        }
    }

    /** Of the test's day. */
    private ValidatableResponse report() {
        return report("?from=" + day + "&to=" + day);
    }

    private static ValidatableResponse report(String query) {
        return given().auth()
                .oauth2(Tokens.of("ops", "operator"))
                .get("/reports/impact" + query)
                .then();
    }
}
