package io.livesale.payout.paying;

import static io.livesale.payout.Till.as;
import static io.livesale.payout.Till.operator;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.payout.Account.Stage;
import io.livesale.payout.Database;
import io.livesale.payout.Till;
import io.livesale.stack.Race;
import io.livesale.stack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
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
class PayoutReviewsTest {
    @Inject
    Till till;

    @Test
    void aHeldPayoutIsNotSentUntilItIsReleased() throws SQLException {
        String payoutId = till.settledPayout(4717);

        hold(payoutId).statusCode(200).body("status", equalTo("HELD")).body("reason", equalTo("Whose is it?"));
        Till.sendNow(payoutId);
        await().during(Duration.ofSeconds(1))
                .untilAsserted(() -> Till.payout(payoutId).body("status", equalTo("HELD")));
        release(payoutId).statusCode(200).body("status", equalTo("PENDING")).body("reason", nullValue());
        Till.sendNow(payoutId);
        Till.awaitStatus(payoutId, "IN_TRANSIT");

        Till.payout(payoutId)
                .body("timeline.status", contains("PENDING", "HELD", "PENDING", "IN_TRANSIT"))
                .body("timeline[1].by", equalTo("ops"))
                .body("timeline[1].reason", equalTo("Whose is it?"))
                .body("timeline[2].by", equalTo("ops"))
                .body("timeline[3].by", nullValue());
        assertEquals(List.of("PAYOUT_HELD ops Whose is it?", "PAYOUT_RELEASED ops null"), audited(payoutId));
    }

    @Test
    void aCancelledPayoutGivesTheMoneyBackForTheNextSettlement() throws SQLException {
        String payee = till.payee(4717);
        String payoutId = till.settledPayoutOf(payee);
        hold(payoutId).statusCode(200);

        cancel(payoutId).statusCode(200).body("status", equalTo("CANCELLED"));

        assertEquals(4717, Till.balance(payee, Stage.AVAILABLE));
        assertEquals(0, Till.balance(payee, Stage.IN_TRANSIT));
        assertEquals(List.of("PAYOUT_HELD ops Whose is it?", "PAYOUT_CANCELLED ops Theirs."), audited(payoutId));
        String next = till.settledPayoutOf(payee);
        assertEquals(List.of(next, payoutId), Till.payouts(payee));
    }

    @Test
    void aRepeatChangesNothing() throws SQLException {
        String payee = till.payee(4717);
        String payoutId = till.settledPayoutOf(payee);

        hold(payoutId).statusCode(200);
        hold(payoutId).statusCode(200);
        release(payoutId).statusCode(200);
        release(payoutId).statusCode(200);
        hold(payoutId).statusCode(200);
        cancel(payoutId).statusCode(200);
        cancel(payoutId).statusCode(200).body("status", equalTo("CANCELLED"));

        Till.payout(payoutId).body("timeline.status", contains("PENDING", "HELD", "PENDING", "HELD", "CANCELLED"));
        assertEquals(4717, Till.balance(payee, Stage.AVAILABLE));
        assertEquals(4, audited(payoutId).size());
    }

    @Test
    void keepsWhoHoldsItForAnotherReason() throws SQLException {
        String payoutId = till.settledPayout(4717);
        hold(payoutId).statusCode(200);

        as("another", "operator")
                .body(Map.of("reason", "Police asked."))
                .post("/payouts/" + payoutId + "/hold")
                .then()
                .statusCode(200)
                .body("reason", equalTo("Police asked."));

        Till.payout(payoutId)
                .body("timeline.status", contains("PENDING", "HELD", "HELD"))
                .body("timeline[2].by", equalTo("another"));
        assertEquals(List.of("PAYOUT_HELD ops Whose is it?", "PAYOUT_HELD another Police asked."), audited(payoutId));
    }

    @Test
    void goesToNoAccountThatWasReplacedWhileItWasHeld() {
        String payee = till.payee(4717);
        String payoutId = till.settledPayoutOf(payee);
        hold(payoutId).statusCode(200);
        Till.giveAccount(payee, Till.newAccount()).statusCode(200);

        release(payoutId).statusCode(409).body("code", equalTo("PAYOUT_ACCOUNT_CHANGED"));
        cancel(payoutId).statusCode(200);

        assertEquals(4717, Till.balance(payee, Stage.AVAILABLE));
    }

    @Test
    void isNotReleasedToWhoeverOwesMoreThanIsAvailable() {
        String payee = till.payee(4717);
        String payoutId = till.settledPayoutOf(payee);
        hold(payoutId).statusCode(200);
        till.earn(payee, -4717, "CNY");

        release(payoutId).statusCode(409).body("code", equalTo("PAYEE_OWES"));
        cancel(payoutId).statusCode(200);

        assertEquals(0, Till.balance(payee, Stage.AVAILABLE));
    }

    @Test
    void isNeitherCancelledNorReleasedWhileTheProviderSaysItWasPaid() {
        String payee = till.payee(4717);
        String payoutId = till.settledPayoutOf(payee);
        hold(payoutId).statusCode(200);
        Till.tell("payout.paid", payoutId).then().statusCode(202);

        cancel(payoutId).statusCode(409).body("code", equalTo("PAYOUT_CONTRADICTED"));
        release(payoutId).statusCode(409).body("code", equalTo("PAYOUT_CONTRADICTED"));
        operator()
                .body(Map.of("paid", true, "reason", "It arrived."))
                .post("/payouts/" + payoutId + "/resolve")
                .then()
                .statusCode(200)
                .body("status", equalTo("PAID"));
        assertEquals(4717, Till.balance(payee, Stage.PAID));
    }

    @Test
    void isHeldOnceWhenManyPress() throws Exception {
        String payoutId = till.settledPayout(4717);
        Callable<Integer> press = () -> hold(payoutId).extract().statusCode();

        Race.run(Collections.nCopies(6, press)).forEach(status -> assertEquals(200, status));

        Till.payout(payoutId).body("timeline.status", contains("PENDING", "HELD"));
    }

    @Test
    void nobodyHoldsWhatHasLeft() {
        String payoutId = till.sentPayout(4717);

        hold(payoutId).statusCode(409).body("code", equalTo("PAYOUT_NOT_HOLDABLE"));
        release(payoutId).statusCode(409).body("code", equalTo("PAYOUT_NOT_HELD"));
        cancel(payoutId).statusCode(409).body("code", equalTo("PAYOUT_NOT_HELD"));
        Till.tell("payout.paid", payoutId);
        hold(payoutId).statusCode(409);
        Till.payout(payoutId).body("timeline.status", contains("PENDING", "IN_TRANSIT", "PAID"));
    }

    @Test
    void nobodyReleasesOrCancelsWhatWasNeverHeld() {
        String payoutId = till.settledPayout(4717);

        release(payoutId).statusCode(409).body("code", equalTo("PAYOUT_NOT_HELD"));
        cancel(payoutId).statusCode(409).body("code", equalTo("PAYOUT_NOT_HELD"));
    }

    @Test
    void knowsNoOtherPayout() {
        String none = UUID.randomUUID().toString();

        hold(none).statusCode(404).body("code", equalTo("NOT_FOUND"));
        release(none).statusCode(404);
        cancel(none).statusCode(404);
        operator().post("/payouts/1/release").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"reason\": \" \"}", "{\"reason\": null}", "{\"reason\": \"a\\u0000b\"}"})
    void wantsAReason(String body) {
        String payoutId = UUID.randomUUID().toString();

        for (String action : List.of("hold", "cancel")) {
            operator()
                    .body(body)
                    .post("/payouts/" + payoutId + "/" + action)
                    .then()
                    .statusCode(400)
                    .body("violations[0].field", equalTo("reason"));
        }
    }

    @Test
    void isForOperatorsOnly() {
        String payee = till.payee(4717);
        String payoutId = till.settledPayoutOf(payee);

        for (String action : List.of("hold", "release", "cancel")) {
            String path = "/payouts/" + payoutId + "/" + action;
            given().post(path).then().statusCode(401);
            as(payee, "seller", "creator")
                    .body(Map.of("reason", "mine"))
                    .post(path)
                    .then()
                    .statusCode(403);
        }
        Till.payout(payoutId).body("status", equalTo("PENDING"));
    }

    private static ValidatableResponse hold(String payoutId) {
        return operator()
                .body(Map.of("reason", "Whose is it?"))
                .post("/payouts/" + payoutId + "/hold")
                .then();
    }

    private static ValidatableResponse release(String payoutId) {
        return operator().post("/payouts/" + payoutId + "/release").then();
    }

    private static ValidatableResponse cancel(String payoutId) {
        return operator()
                .body(Map.of("reason", "Theirs."))
                .post("/payouts/" + payoutId + "/cancel")
                .then();
    }

    private static List<String> audited(String payoutId) throws SQLException {
        return Database.texts("SELECT action || ' ' || actor || ' ' || coalesce(detail, 'null') FROM audit_entry"
                + " WHERE subject = '" + payoutId + "' ORDER BY id");
    }
}
