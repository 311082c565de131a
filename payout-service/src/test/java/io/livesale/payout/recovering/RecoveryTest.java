package io.livesale.payout.recovering;

import static io.livesale.payout.Till.as;
import static io.livesale.payout.Till.operator;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.payout.Account.Stage;
import io.livesale.payout.OrderTopic;
import io.livesale.payout.Till;
import io.livesale.stack.StackResource;
import io.livesale.stack.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** What payouts.v1 tells and the database does not know is what a restored one has lost. */
@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class RecoveryTest {
    @Inject
    Till till;

    private final String payoutId = UUID.randomUUID().toString();
    private final String settlementId = "lost-" + payoutId;

    @Test
    void aPayoutThatIsNotKnownIsBookedAsItWasToldLast() {
        String payee = till.payee(4717);
        tell(payee, 4717, List.of("PENDING", "IN_TRANSIT", "PAID"), 1);

        missing(look(), payoutId)
                .body(at("status"), equalTo("PAID"), at("knownVersion"), equalTo(0), at("booked"), equalTo(false));
        assertEquals(4717, Till.balance(payee, Stage.AVAILABLE), "looking changes nothing");
        missing(book(), payoutId).body(at("booked"), equalTo(true), at("refused"), nullValue());

        Till.payout(payoutId)
                .body("status", equalTo("PAID"), "timeline.last().by", equalTo("ops"), "amount.amount", equalTo(4717));
        assertEquals(0, Till.balance(payee, Stage.AVAILABLE));
        assertEquals(4717, Till.balance(payee, Stage.PAID));
        operator()
                .get("/settlements/" + settlementId)
                .then()
                .body("status", equalTo("DONE"), "payouts", equalTo(1), "totals[0].amount", equalTo(4717));
        ledgerHolds();
    }

    @Test
    void nobodyIsToldOrPaidAgain() {
        String payee = till.payee(4717);
        tell(payee, 4717, List.of("PENDING", "IN_TRANSIT", "PAID"), 1);
        book();

        look().body("payouts.payoutId.contains('" + payoutId + "')", equalTo(false));
        book().body("payouts.payoutId.contains('" + payoutId + "')", equalTo(false));
        till.settle();

        assertEquals(List.of(payoutId), Till.payouts(payee));
        assertEquals(4717, Till.balance(payee, Stage.PAID));
        try (TopicReader told = new TopicReader("payouts.v1")) {
            assertEquals(3, told.of(payoutId).size());
        }
    }

    @Test
    void onesOnTheirWayGoOn() {
        String payee = till.payee(4717);
        tell(payee, 4717, List.of("PENDING", "IN_TRANSIT"), 1);

        book();

        Till.payout(payoutId).body("status", equalTo("IN_TRANSIT"));
        assertEquals(4717, Till.balance(payee, Stage.IN_TRANSIT));
        Till.sendNow(payoutId);
        Till.tell("payout.paid", payoutId).then().statusCode(202);
        Till.awaitStatus(payoutId, "PAID");
        ledgerHolds();
    }

    @Test
    void onesThatCameToNothingLeaveTheMoneyWhereItIs() {
        String payee = till.payee(4717);
        tell(payee, 4717, List.of("PENDING", "HELD", "CANCELLED"), 1);

        book();

        Till.payout(payoutId).body("status", equalTo("CANCELLED"));
        assertEquals(4717, Till.balance(payee, Stage.AVAILABLE));
        ledgerHolds();
    }

    @Test
    void aPayoutThatIsKnownLessFarIsCaughtUp() {
        String known = till.settledPayout(4717);
        String payee = Till.payout(known).extract().path("userId");
        String settlement = Till.payout(known).extract().path("settlementId");

        int payouts = operator().get("/settlements/" + settlement).path("payouts");

        tell(known, settlement, payee, 4717, List.of("IN_TRANSIT", "PAID"), 2);
        missing(book(), known).body(of(known, "knownVersion"), equalTo(1));

        Till.payout(known).body("status", equalTo("PAID"));
        assertEquals(4717, Till.balance(payee, Stage.PAID));
        assertEquals(0, Till.balance(payee, Stage.IN_TRANSIT));
        operator().get("/settlements/" + settlement).then().body("payouts", equalTo(payouts));
        ledgerHolds();
    }

    @Test
    void anotherAmountIsForAPersonToLookAt() {
        String known = till.settledPayout(4717);
        String payee = Till.payout(known).extract().path("userId");

        tell(known, Till.payout(known).extract().path("settlementId"), payee, 4700, List.of("IN_TRANSIT", "PAID"), 2);

        missing(book(), known).body(of(known, "refused"), containsString("another amount"));
        Till.payout(known).body("status", equalTo("PENDING"));
        assertEquals(4717, Till.balance(payee, Stage.IN_TRANSIT));
    }

    @Test
    void whatAPersonFoundOutIsKnownAgain() {
        String known = till.sentPayout(4717);
        String payee = Till.payout(known).extract().path("userId");
        Till.tell("payout.paid", known).then().statusCode(202);
        Till.awaitStatus(known, "PAID");

        tell(known, Till.payout(known).extract().path("settlementId"), payee, 4717, List.of("FAILED"), 4);
        book();

        Till.payout(known).body("status", equalTo("FAILED"));
        assertEquals(4717, Till.balance(payee, Stage.AVAILABLE));
        assertEquals(0, Till.balance(payee, Stage.PAID));
        ledgerHolds();
    }

    @Test
    void anAccountIsGivenFirst() {
        String payee = Till.newUser();
        till.earn(payee, 4717, "CNY");
        tell(payee, 4717, List.of("PENDING", "IN_TRANSIT", "PAID"), 1);

        missing(book(), payoutId)
                .body(at("booked"), equalTo(false), at("refused"), containsString("no payout account"));
        assertEquals(4717, Till.balance(payee, Stage.AVAILABLE));
        Till.giveAccount(payee, Till.newAccount()).statusCode(200);
        missing(book(), payoutId).body(at("booked"), equalTo(true));

        assertEquals(4717, Till.balance(payee, Stage.PAID));
    }

    @Test
    void whatIsKnownAsItWasToldIsNotMissing() {
        String known = till.settledPayout(4717);
        try (TopicReader told = new TopicReader("payouts.v1")) {
            await().until(() -> told.of(known).size() == 1);
        }

        look().body("payouts.payoutId.contains('" + known + "')", equalTo(false), "events", greaterThan(0));
    }

    @Test
    void whatNobodyCanReadIsCountedAndPassedOver() {
        int before = look().extract().path("unreadable");
        String payee = till.payee(4717);
        send(payoutId, "no event");
        send(payoutId, "{\"payoutId\": \"" + payoutId + "\"}");
        tell(payee, 4717, List.of("PENDING"), 1);

        missing(book().body("unreadable", equalTo(before + 2)), payoutId).body(at("booked"), equalTo(true));
    }

    @Test
    void itIsRemembered() {
        String payee = till.payee(4717);
        tell(payee, 4717, List.of("PENDING", "IN_TRANSIT", "PAID"), 1);

        as("careful-ops", "operator").post("/payouts/recovery").then().statusCode(200);

        operator()
                .get("/audit?subject=" + payoutId)
                .then()
                .body(
                        "items[0].action", equalTo("PAYOUT_RECOVERED"),
                        "items[0].actor", equalTo("careful-ops"),
                        "items[0].detail", equalTo("status=PAID version=3"));
    }

    private static ValidatableResponse look() {
        return operator().get("/payouts/recovery").then().statusCode(200);
    }

    private static ValidatableResponse book() {
        return operator().post("/payouts/recovery").then().statusCode(200);
    }

    private static ValidatableResponse missing(ValidatableResponse recovery, String payoutId) {
        return recovery.body("payouts.payoutId.contains('" + payoutId + "')", equalTo(true));
    }

    private String at(String field) {
        return of(payoutId, field);
    }

    private static String of(String payoutId, String field) {
        return "payouts.find { it.payoutId == '" + payoutId + "' }." + field;
    }

    private static void ledgerHolds() {
        operator()
                .get("/ledger/verification")
                .then()
                .body("unbalanced", equalTo(0), "driftedBalances", equalTo(0), "wrongPayouts", equalTo(0));
    }

    private void tell(String payee, long amount, List<String> statuses, int firstVersion) {
        tell(payoutId, settlementId, payee, amount, statuses, firstVersion);
    }

    private static void tell(
            String payoutId, String settlementId, String payee, long amount, List<String> statuses, int firstVersion) {
        for (int i = 0; i < statuses.size(); i++) {
            send(payoutId, """
                    {"payoutId": "%s", "settlementId": "%s", "userId": "%s", "amount": {"amount": %d, "currency": "CNY"},
                     "status": "%s", "version": %d, "at": "2026-11-20T20:00:0%dZ", "later": "fields are passed over"}""".formatted(payoutId, settlementId, payee, amount, statuses.get(i), firstVersion + i, i));
        }
    }

    private static void send(String key, String value) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", OrderTopic.brokers()), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("payouts.v1", key, value));
        }
    }
}
