package io.livesale.payout.recovering;

import static io.livesale.payout.Till.operator;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.payout.Account.Stage;
import io.livesale.payout.OrderTopic;
import io.livesale.payout.Till;
import io.livesale.payout.recovering.Recovery.Item;
import io.livesale.stack.StackResource;
import io.livesale.stack.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What payouts.v1 tells and the database does not know is what a restored one has lost. */
@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class RecoveryTest {
    @Inject
    Till till;

    @Inject
    Recovering recovering;

    private List<Integer> ledgerBefore = List.of();

    private final String payoutId = UUID.randomUUID().toString();
    private final String settlementId = "lost-" + payoutId;

    @BeforeEach
    void remember() {
        ledgerBefore = ledger();
    }

    @Test
    void aPayoutThatIsNotKnownIsBookedAsItWasToldLast() {
        String payee = till.payee(4717);
        tell(payee, 4717, List.of("PENDING", "IN_TRANSIT", "PAID"), 1);

        operator()
                .get("/payouts/recovery")
                .then()
                .statusCode(200)
                .body(at("status"), equalTo("PAID"), at("knownVersion"), equalTo(0), at("booked"), equalTo(false));
        assertEquals(4717, Till.balance(payee, Stage.AVAILABLE), "looking changes nothing");
        Item item = book(payoutId).orElseThrow();

        assertTrue(item.booked());
        assertNull(item.refused());
        Till.payout(payoutId)
                .body("status", equalTo("PAID"), "timeline.last().by", equalTo("ops"), "amount.amount", equalTo(4717))
                .body("account", nullValue());
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
        assertTrue(book(payoutId).isPresent());

        assertEquals(Optional.empty(), book(payoutId));
        till.settle();

        assertEquals(List.of(payoutId), Till.payouts(payee));
        assertEquals(4717, Till.balance(payee, Stage.PAID));
        String later = till.settledPayout(4717);
        try (TopicReader told = new TopicReader("payouts.v1")) {
            await().until(() -> told.of(later).size() == 1 && told.of(payoutId).size() >= 3);
            assertEquals(3, told.of(payoutId).size());
        }
    }

    @Test
    void onesOnTheirWayGoOn() {
        String payee = till.payee(4717);
        tell(payee, 4717, List.of("PENDING", "IN_TRANSIT"), 1);

        book(payoutId);

        Till.payout(payoutId).body("status", equalTo("IN_TRANSIT"), "account", startsWith("****"));
        assertEquals(4717, Till.balance(payee, Stage.IN_TRANSIT));
        Till.sendNow(payoutId);
        Till.tell("payout.paid", payoutId).then().statusCode(202);
        Till.awaitStatus(payoutId, "PAID");
        ledgerHolds();
    }

    @Test
    void oneThatWasNotSentIsLookedAtFirst() {
        String payee = till.payee(4717);
        tell(payee, 4717, List.of("PENDING"), 1);

        book(payoutId);

        Till.payout(payoutId).body("status", equalTo("HELD"), "reason", containsString("restore"));
        try (TopicReader told = new TopicReader("payouts.v1")) {
            await().untilAsserted(
                            () -> assertTrue(told.idsOf(payoutId).contains(payoutId + ".2"), "whoever reads is told"));
        }
        operator().post("/payouts/" + payoutId + "/release").then().statusCode(200);
        Till.payout(payoutId).body("status", equalTo("PENDING"));
        ledgerHolds();
    }

    @Test
    void onesThatCameToNothingLeaveTheMoneyWhereItIs() {
        String payee = till.payee(4717);
        tell(payee, 4717, List.of("PENDING", "HELD", "CANCELLED"), 1);

        book(payoutId);

        Till.payout(payoutId).body("status", equalTo("CANCELLED"));
        assertEquals(4717, Till.balance(payee, Stage.AVAILABLE));
        ledgerHolds();
    }

    @Test
    void aPayoutThatIsKnownLessFarIsCaughtUp() {
        String known = till.settledPayout(4717);
        String payee = userOf(known);
        String settlement = settlementOf(known);
        int payouts = operator().get("/settlements/" + settlement).path("payouts");

        tell(known, settlement, payee, 4717, List.of("IN_TRANSIT", "PAID"), 2);
        assertEquals(1, book(known).orElseThrow().knownVersion());

        Till.payout(known).body("status", equalTo("PAID"), "account", startsWith("****"));
        assertEquals(4717, Till.balance(payee, Stage.PAID));
        assertEquals(0, Till.balance(payee, Stage.IN_TRANSIT));
        operator().get("/settlements/" + settlement).then().body("payouts", equalTo(payouts));
        ledgerHolds();
    }

    @Test
    void whatAPersonFoundOutIsKnownAgain() {
        String known = till.sentPayout(4717);
        String payee = userOf(known);
        Till.tell("payout.paid", known).then().statusCode(202);
        Till.awaitStatus(known, "PAID");

        tell(known, settlementOf(known), payee, 4717, List.of("FAILED"), 4);
        book(known);

        Till.payout(known).body("status", equalTo("FAILED"));
        assertEquals(4717, Till.balance(payee, Stage.AVAILABLE));
        assertEquals(0, Till.balance(payee, Stage.PAID));
        ledgerHolds();
    }

    @Test
    void anotherAmountIsForAPersonToLookAt() {
        String known = till.settledPayout(4717);

        tell(known, settlementOf(known), userOf(known), 4700, List.of("IN_TRANSIT", "PAID"), 2);

        refusedAsOtherwise(known);
        Till.payout(known).body("status", equalTo("PENDING"));
        assertEquals(4717, Till.balance(userOf(known), Stage.IN_TRANSIT));
    }

    /** Paid there, and cancelled here since: neither is to be believed without asking. */
    @Test
    void whatWentTwoWaysIsForAPersonToLookAt() {
        String known = till.settledPayout(4717);
        review(known, "hold");
        review(known, "cancel");

        tell(known, settlementOf(known), userOf(known), 4717, List.of("IN_TRANSIT", "PAID"), 2);

        refusedAsOtherwise(known);
        Till.payout(known).body("status", equalTo("CANCELLED"));
    }

    @Test
    void whatHasEndedHereIsNotUnderWayAgain() {
        String known = till.settledPayout(4717);
        review(known, "hold");
        review(known, "cancel");

        tell(known, settlementOf(known), userOf(known), 4717, List.of("IN_TRANSIT"), 4);

        refusedAsOtherwise(known);
        assertEquals(4717, Till.balance(userOf(known), Stage.AVAILABLE));
    }

    @Test
    void oneThatHasEndedNeedsNoAccountAndOneUnderWayDoes() {
        String payee = Till.newUser();
        till.earn(payee, 4717, "CNY");
        tell(payee, 4717, List.of("PENDING", "IN_TRANSIT"), 1);

        Item refused = book(payoutId).orElseThrow();
        assertFalse(refused.booked());
        assertEquals(Recovery.NO_ACCOUNT, refused.refused());
        assertEquals(4717, Till.balance(payee, Stage.AVAILABLE));
        tell(payee, 4717, List.of("PAID"), 3);
        assertTrue(book(payoutId).orElseThrow().booked());

        Till.payout(payoutId).body("status", equalTo("PAID"), "account", nullValue());
        assertEquals(4717, Till.balance(payee, Stage.PAID));
    }

    @Test
    void oneThatIsRefusedDoesNotKeepTheOthers() {
        String payee = till.payee(4717);
        tell(payee, 4717, List.of("PENDING", "IN_TRANSIT", "PAID"), 1);
        String broken = UUID.randomUUID().toString();
        tell(broken, settlementId, payee, 4717, List.of("PAID"), 1);

        Recovery recovery = recovering.book("ops");

        assertEquals(
                1,
                Stream.of(payoutId, broken)
                        .filter(id -> item(recovery, id).orElseThrow().booked())
                        .count(),
                "one settlement pays one person once");
        assertEquals(4717, Till.balance(payee, Stage.PAID));
    }

    @Test
    void manyAreBookedPageByPage() {
        String payee = till.payee(250 * 100);
        List<String> ids = IntStream.range(0, 250)
                .mapToObj(i -> UUID.randomUUID().toString())
                .toList();
        try (KafkaProducer<String, String> producer = producer()) {
            ids.forEach(id -> producer.send(
                    new ProducerRecord<>("payouts.v1", id, event(id, "lost-" + id, payee, 100, "PAID", 3, 0))));
        }

        Recovery recovery = recovering.book("ops");

        assertTrue(ids.stream().allMatch(id -> item(recovery, id).orElseThrow().booked()));
        assertEquals(250 * 100, Till.balance(payee, Stage.PAID));
        assertEquals(0, Till.balance(payee, Stage.AVAILABLE));
        ledgerHolds();
    }

    @Test
    void twoAtOnceBookOnce() {
        String payee = till.payee(4717);
        tell(payee, 4717, List.of("PENDING", "IN_TRANSIT", "PAID"), 1);

        List<CompletableFuture<Recovery>> both = Stream.of("ops", "other-ops")
                .map(operator -> CompletableFuture.supplyAsync(() -> recovering.book(operator)))
                .toList();
        both.forEach(CompletableFuture::join);

        assertEquals(4717, Till.balance(payee, Stage.PAID));
        assertEquals(0, Till.balance(payee, Stage.AVAILABLE));
        ledgerHolds();
    }

    @Test
    void nothingIsBookedWhileMoneyIsBeingPaidOut() {
        operator()
                .post("/payouts/recovery")
                .then()
                .statusCode(409)
                .body("code", equalTo("STILL_PAYING"), "detail", containsString("PAYOUT_PAYING"));
    }

    @Test
    void whatIsKnownAsItWasToldIsNotMissing() {
        String known = till.settledPayout(4717);
        try (TopicReader told = new TopicReader("payouts.v1")) {
            await().until(() -> told.of(known).size() == 1);
        }

        Recovery recovery = recovering.look();

        assertEquals(Optional.empty(), item(recovery, known));
        assertTrue(recovery.events() > 0);
        assertFalse(recovery.more());
    }

    @Test
    void whatNobodyCanReadIsCountedAndPassedOver() {
        long before = recovering.look().unreadable();
        String payee = till.payee(4717);
        send(payoutId, "no event");
        send(payoutId, "null");
        send(payoutId, "{\"payoutId\": \"" + payoutId + "\"}");
        tell(payee, 4717, List.of("PENDING", "IN_TRANSIT", "PAID"), 1);

        Recovery recovery = recovering.book("ops");

        assertEquals(before + 3, recovery.unreadable());
        assertTrue(item(recovery, payoutId).orElseThrow().booked());
    }

    @Test
    void itIsRemembered() {
        String payee = till.payee(4717);
        tell(payee, 4717, List.of("PENDING", "IN_TRANSIT", "PAID"), 1);

        recovering.book("careful-ops");

        operator()
                .get("/audit?subject=" + payoutId)
                .then()
                .body(
                        "items[0].action", equalTo("PAYOUT_RECOVERED"),
                        "items[0].actor", equalTo("careful-ops"),
                        "items[0].detail", equalTo("status=PAID version=3"));
    }

    private Optional<Item> book(String payoutId) {
        return item(recovering.book("ops"), payoutId);
    }

    private static Optional<Item> item(Recovery recovery, String payoutId) {
        return recovery.payouts().stream()
                .filter(item -> item.payoutId().toString().equals(payoutId))
                .findFirst();
    }

    private void refusedAsOtherwise(String payoutId) {
        Item item = book(payoutId).orElseThrow();

        assertFalse(item.booked());
        assertEquals(Recovery.OTHERWISE, item.refused());
        ledgerHolds();
    }

    private static void review(String payoutId, String what) {
        operator()
                .body(Map.of("reason", "Looked at"))
                .post("/payouts/" + payoutId + "/" + what)
                .then()
                .statusCode(200);
    }

    private static String userOf(String payoutId) {
        return Till.payout(payoutId).extract().path("userId");
    }

    private static String settlementOf(String payoutId) {
        return Till.payout(payoutId).extract().path("settlementId");
    }

    private String at(String field) {
        return "payouts.find { it.payoutId == '" + payoutId + "' }." + field;
    }

    /** What other tests have left in the ledger is not this one's. */
    private void ledgerHolds() {
        assertEquals(ledgerBefore, ledger());
    }

    private static List<Integer> ledger() {
        JsonPath found = operator().get("/ledger/verification").jsonPath();
        return Stream.of("unbalanced", "driftedBalances", "wrongPayouts", "overpaid")
                .map(found::getInt)
                .toList();
    }

    private void tell(String payee, long amount, List<String> statuses, int firstVersion) {
        tell(payoutId, settlementId, payee, amount, statuses, firstVersion);
    }

    private static void tell(
            String payoutId, String settlementId, String payee, long amount, List<String> statuses, int firstVersion) {
        for (int i = 0; i < statuses.size(); i++) {
            send(payoutId, event(payoutId, settlementId, payee, amount, statuses.get(i), firstVersion + i, i));
        }
    }

    private static String event(
            String payoutId, String settlementId, String payee, long amount, String status, int version, int second) {
        return """
                {"payoutId": "%s", "settlementId": "%s", "userId": "%s", "amount": {"amount": %d, "currency": "CNY"},
                 "status": "%s", "version": %d, "at": "2026-11-20T20:00:0%dZ", "later": "fields are passed over"}""".formatted(payoutId, settlementId, payee, amount, status, version, second);
    }

    private static void send(String key, String value) {
        try (KafkaProducer<String, String> producer = producer()) {
            producer.send(new ProducerRecord<>("payouts.v1", key, value));
        }
    }

    private static KafkaProducer<String, String> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", OrderTopic.brokers()), new StringSerializer(), new StringSerializer());
    }
}
