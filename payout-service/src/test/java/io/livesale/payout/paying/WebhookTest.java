package io.livesale.payout.paying;

import static io.livesale.payout.Till.operator;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.payout.Account.Stage;
import io.livesale.payout.Database;
import io.livesale.payout.LogLines;
import io.livesale.payout.PayoutProviderResource;
import io.livesale.payout.Till;
import io.livesale.stack.Race;
import io.livesale.stack.StackResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class WebhookTest {
    @Inject
    Till till;

    @Inject
    MeterRegistry meters;

    @Test
    void aPayoutThatArrivedIsPaidOnce() throws SQLException {
        String payee = till.payee(4717);
        String payoutId = sent(payee);

        Till.tell("payout.paid", payoutId).then().statusCode(202);
        Till.tell("payout.paid", payoutId).then().statusCode(202);

        Till.payout(payoutId)
                .body("status", equalTo("PAID"))
                .body("timeline.status", contains("PENDING", "IN_TRANSIT", "PAID"));
        assertEquals(0, Till.balance(payee, Stage.IN_TRANSIT));
        assertEquals(4717, Till.balance(payee, Stage.PAID));
        assertEquals(2, transactions(payoutId));
        ledgerIsTrue();
    }

    /** Text is signed, and this is none: whatever it says, it is nobody's word. */
    @Test
    void aNoticeThatIsNoTextIsNoNotice() {
        given().contentType(ContentType.JSON)
                .header("webhook-id", "msg_1")
                .header("webhook-timestamp", Instant.now().getEpochSecond())
                .header("webhook-signature", "v1,c2lnbmVk")
                .body(new byte[] {'{', (byte) 0xff, '}'})
                .post("/payout-provider/webhook")
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_REQUEST"));
    }

    @Test
    void countsOnceWhenCopiesCross() throws Exception {
        String payee = till.payee(4717);
        String payoutId = sent(payee);
        Callable<Integer> copy = () -> Till.tell("payout.paid", payoutId).statusCode();

        Race.run(Collections.nCopies(8, copy)).forEach(status -> assertEquals(202, status));

        assertEquals(4717, Till.balance(payee, Stage.PAID));
        assertEquals(2, transactions(payoutId));
    }

    @Test
    void aPayoutThatFailedGivesTheMoneyBack() {
        String payee = till.payee(4717);
        String payoutId = sent(payee);

        Till.tell("payout.failed", payoutId).then().statusCode(202);
        Till.tell("payout.failed", payoutId).then().statusCode(202);

        Till.payout(payoutId)
                .body("status", equalTo("FAILED"))
                .body("reason", equalTo("The account is closed."))
                .body("timeline[2].reason", equalTo("The account is closed."));
        assertEquals(4717, Till.balance(payee, Stage.AVAILABLE));
        assertEquals(0, Till.balance(payee, Stage.PAID));
        ledgerIsTrue();
    }

    @Test
    void whatIsOnItsWayIsCounted() {
        double before = open("IN_TRANSIT");

        String payoutId = sent(till.payee(4717));

        await().untilAsserted(() -> assertEquals(1, open("IN_TRANSIT") - before));
        Till.tell("payout.paid", payoutId).then().statusCode(202);
        await().untilAsserted(() -> assertEquals(0, open("IN_TRANSIT") - before));
    }

    @Test
    void whatContradictsAnEndIsKeptAndChangesNothing() {
        String paid = sent(till.payee(4717));
        Till.tell("payout.paid", paid).then().statusCode(202);
        String failed = sent(till.payee(4717));
        Till.tell("payout.failed", failed).then().statusCode(202);
        String unsent = till.settledPayout(4717);
        double before = contradicted();

        try (LogLines log = LogLines.capture()) {
            Till.tell("payout.failed", paid).then().statusCode(202);
            Till.tell("payout.paid", failed).then().statusCode(202);
            Till.tell("payout.paid", unsent).then().statusCode(202);

            assertTrue(log.all()
                    .contains("payout contradicted by the provider payoutId=" + paid + " status=PAID told=FAILED"));
        }
        Till.payout(paid).body("status", equalTo("PAID")).body("contradiction", equalTo("FAILED"));
        Till.payout(failed).body("status", equalTo("FAILED")).body("contradiction", equalTo("PAID"));
        Till.payout(unsent).body("status", equalTo("PENDING")).body("contradiction", equalTo("PAID"));
        operator().get("/payouts?contradicted=true").then().body("items.payoutId", hasItems(paid, failed, unsent));
        await().untilAsserted(() -> assertEquals(3, contradicted() - before));
    }

    @Test
    void aContradictionIsOverWhenSomebodyHasFoundOut() throws SQLException {
        String payee = till.payee(4717);
        String payoutId = failedYetToldPaid(payee);

        resolve(payoutId, false)
                .statusCode(200)
                .body("status", equalTo("FAILED"))
                .body("contradiction", nullValue());
        resolve(payoutId, true).statusCode(200).body("status", equalTo("FAILED"));
        Till.tell("payout.paid", payoutId).then().statusCode(202);

        Till.payout(payoutId).body("status", equalTo("FAILED")).body("contradiction", nullValue());
        assertEquals(4717, Till.balance(payee, Stage.AVAILABLE));
        assertEquals(
                List.of(
                        "PAYOUT_CONTRADICTED payout-service status=FAILED told=PAID",
                        "PAYOUT_RESOLVED ops status=FAILED Their bank says so."),
                Database.texts("SELECT action || ' ' || actor || ' ' || detail FROM audit_entry WHERE subject = '"
                        + payoutId + "' ORDER BY id"));
    }

    @Test
    void theMoneyFollowsWhatWasFoundOut() {
        String payee = till.payee(4717);
        String payoutId = failedYetToldPaid(payee);

        resolve(payoutId, true).statusCode(200).body("status", equalTo("PAID"));

        assertEquals(0, Till.balance(payee, Stage.AVAILABLE));
        assertEquals(4717, Till.balance(payee, Stage.PAID));
        Till.tell("payout.failed", payoutId).then().statusCode(202);
        Till.payout(payoutId).body("contradiction", equalTo("FAILED"));

        resolve(payoutId, false)
                .statusCode(200)
                .body("status", equalTo("FAILED"))
                .body("reason", equalTo("Their bank says so."));

        assertEquals(4717, Till.balance(payee, Stage.AVAILABLE));
        assertEquals(0, Till.balance(payee, Stage.PAID));
        Till.payout(payoutId)
                .body("timeline.status", contains("PENDING", "IN_TRANSIT", "FAILED", "PAID", "FAILED"))
                .body("timeline[3].by", equalTo("ops"));
        ledgerIsTrue();
    }

    @Test
    void whatIsToldOfALaterStatusIsANewContradiction() {
        String payee = till.payee(4717);
        String payoutId = till.settledPayoutOf(payee);
        Till.tell("payout.paid", payoutId).then().statusCode(202);
        resolve(payoutId, false).statusCode(200).body("status", equalTo("PENDING"));
        Till.sendNow(payoutId);
        Till.awaitStatus(payoutId, "IN_TRANSIT");
        Till.tell("payout.failed", payoutId).then().statusCode(202);

        Till.tell("payout.paid", payoutId).then().statusCode(202);

        Till.payout(payoutId).body("status", equalTo("FAILED")).body("contradiction", equalTo("PAID"));
    }

    @Test
    void whatWasToldToBePaidIsNotUndoneByALaterWord() {
        String payoutId = till.settledPayout(4717);
        Till.tell("payout.paid", payoutId).then().statusCode(202);

        Till.tell("payout.failed", payoutId).then().statusCode(202);

        Till.payout(payoutId).body("contradiction", equalTo("PAID"));
    }

    @Test
    void nothingMoreIsSentToWhomMayHaveBeenPaidAlready() {
        String payee = till.payee(4717);
        String failed = sent(payee);
        Till.tell("payout.failed", failed).then().statusCode(202);
        String made = till.settledPayoutOf(payee);
        Till.tell("payout.paid", failed).then().statusCode(202);
        till.earn(payee, 4717, "CNY");
        String madeSince = till.settledPayoutOf(payee);

        Till.sendNow(made);

        await().during(Duration.ofSeconds(2))
                .until(() -> Till.asked(made).getList("").isEmpty());
        Till.payout(made).body("status", equalTo("PENDING"));
        Till.payout(madeSince).body("status", equalTo("HELD"));
        operator()
                .post("/payouts/" + madeSince + "/release")
                .then()
                .statusCode(409)
                .body("code", equalTo("PAYOUT_CONTRADICTED"));
        resolve(failed, false).statusCode(200);
        Till.awaitStatus(made, "IN_TRANSIT");
        operator().post("/payouts/" + madeSince + "/release").then().statusCode(200);
    }

    private String failedYetToldPaid(String payee) {
        String payoutId = sent(payee);
        Till.tell("payout.failed", payoutId).then().statusCode(202);
        Till.tell("payout.paid", payoutId).then().statusCode(202);
        return payoutId;
    }

    private static ValidatableResponse resolve(String payoutId, boolean paid) {
        return operator()
                .body(Map.of("paid", paid, "reason", "Their bank says so."))
                .post("/payouts/" + payoutId + "/resolve")
                .then();
    }

    @Test
    void bothActiveSecretsCount() {
        String payoutId = sent(till.payee(4717));

        Till.tell(PayoutProviderResource.NEXT_SECRET, Instant.now(), paid(payoutId))
                .then()
                .statusCode(202);

        Till.payout(payoutId).body("status", equalTo("PAID"));
    }

    @Test
    void anUnsignedForgedOrStaleNoticeChangesNothing() {
        String payoutId = sent(till.payee(4717));
        String forger = "whsec_Zm9yZ2VkLXNlY3JldC1mb3JnZWQtc2VjcmV0";
        Instant now = Instant.now();

        Till.tell(forger, now, paid(payoutId))
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("code", equalTo("UNAUTHENTICATED"));
        Till.tell(PayoutProviderResource.SECRET, now.minus(Duration.ofMinutes(6)), paid(payoutId))
                .then()
                .statusCode(401);
        Till.tell(PayoutProviderResource.SECRET, now.plus(Duration.ofMinutes(6)), paid(payoutId))
                .then()
                .statusCode(401);
        given().contentType(ContentType.JSON)
                .body(paid(payoutId))
                .post("/payout-provider/webhook")
                .then()
                .statusCode(401);

        Till.payout(payoutId).body("status", equalTo("IN_TRANSIT"));
    }

    @Test
    void knowsNoOtherPayout() {
        Till.tell("payout.paid", UUID.randomUUID().toString())
                .then()
                .statusCode(404)
                .body("code", equalTo("NOT_FOUND"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{",
                "[]",
                "{}",
                "{\"type\": \"payout.paid\"}",
                "{\"type\": \"payout.stolen\", \"payoutId\": \"5d0f6d0e-3f5c-5b7a-9f59-0c6a7b1c2d3e\"}",
                "{\"type\": \"payout.paid\", \"payoutId\": \"5d0f6d0e\"}",
                "{\"type\": \"payout.paid\", \"payoutId\": \"5d0f6d0e-3f5c-5b7a-9f59-0c6a7b1c2d3e\", \"reason\": 1}"
            })
    void refusesABodyThatIsNoNotice(String body) {
        Till.tell(PayoutProviderResource.SECRET, Instant.now(), body)
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_REQUEST"));
    }

    @Test
    void passesOverFieldsItDoesNotKnowAndKeepsReasonsShort() {
        String payoutId = sent(till.payee(4717));
        String body = """
                {"type": "payout.failed", "payoutId": "%s", "reason": "no\\u0000\\nsuch %s", "bank": {"name": "x"}}""".formatted(payoutId, "a".repeat(1000));

        Till.tell(PayoutProviderResource.SECRET, Instant.now(), body).then().statusCode(202);

        Till.payout(payoutId).body("reason", equalTo("no such " + "a".repeat(292)));
    }

    private String sent(String payee) {
        String payoutId = till.settledPayoutOf(payee);
        Till.sendNow(payoutId);
        Till.awaitStatus(payoutId, "IN_TRANSIT");
        return payoutId;
    }

    private double open(String status) {
        return meters.get("payout.payouts.open").tag("status", status).gauge().value();
    }

    private double contradicted() {
        return meters.get("payout.payouts.contradicted").gauge().value();
    }

    private static String paid(String payoutId) {
        return "{\"type\": \"payout.paid\", \"payoutId\": \"" + payoutId + "\"}";
    }

    private static long transactions(String payoutId) throws SQLException {
        return Database.number("SELECT count(*) FROM ledger_transaction WHERE payout_id = '" + payoutId + "'");
    }

    private static void ledgerIsTrue() {
        operator()
                .get("/ledger/verification")
                .then()
                .statusCode(200)
                .body("unbalanced", equalTo(0))
                .body("driftedBalances", equalTo(0));
    }
}
