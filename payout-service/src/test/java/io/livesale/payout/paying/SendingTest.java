package io.livesale.payout.paying;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.payout.Account.Stage;
import io.livesale.payout.AccountNumber;
import io.livesale.payout.AccountSeal;
import io.livesale.payout.Database;
import io.livesale.payout.LogLines;
import io.livesale.payout.Outbox;
import io.livesale.payout.PayoutProvider;
import io.livesale.payout.PayoutSettings;
import io.livesale.payout.Payouts;
import io.livesale.payout.Till;
import io.livesale.stack.StackResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the provider answers is in the last digits of the amount: see {@code PayoutProviderResource}. */
@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class SendingTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject
    Till till;

    @Inject
    Pool pool;

    @Inject
    Payouts payouts;

    @Inject
    PayoutProvider provider;

    @Inject
    PayoutEndings endings;

    @Inject
    AccountSeal seal;

    @Inject
    Outbox outbox;

    @Inject
    Clock clock;

    @Inject
    MeterRegistry metrics;

    @Inject
    PayoutSettings settings;

    @Test
    void waitsSoThatAnOperatorCanHoldIt() {
        String payoutId = till.settledPayout(4717);

        await().during(Duration.ofSeconds(1))
                .untilAsserted(() -> Till.payout(payoutId).body("status", equalTo("PENDING")));

        assertEquals(0, asked(payoutId).size());
    }

    @Test
    void asksTheProviderForTheAmountAndTheAccount() {
        String payee = Till.newUser();
        till.earn(payee, 4717, "CNY");
        String account = Till.newAccount();
        Till.giveAccount(payee, account).statusCode(200);
        String payoutId = till.settledPayoutOf(payee);

        Till.sendNow(payoutId);
        Till.awaitStatus(payoutId, "IN_TRANSIT");

        await().atMost(SOON).untilAsserted(() -> assertEquals(1, asked(payoutId).size()));
        JsonPath request = Till.asked(payoutId);
        assertEquals(payoutId, request.getString("[0].payoutId"));
        assertEquals(4717, request.getLong("[0].amount.amount"));
        assertEquals("CNY", request.getString("[0].amount.currency"));
        assertEquals("BANK", request.getString("[0].kind"));
        assertEquals("Zhashui Co-operative", request.getString("[0].holder"));
        assertEquals(account, request.getString("[0].account"));
        assertEquals(4717, Till.balance(payee, Stage.IN_TRANSIT));
    }

    @Test
    void paysToTheAccountItWasMadeFor() {
        String payee = Till.newUser();
        till.earn(payee, 4717, "CNY");
        String account = Till.newAccount();
        Till.giveAccount(payee, account).statusCode(200);
        String payoutId = till.settledPayoutOf(payee);
        Till.giveAccount(payee, Till.newAccount()).body("version", equalTo(2));

        Till.sendNow(payoutId);

        await().atMost(SOON)
                .untilAsserted(() -> assertEquals(account, Till.asked(payoutId).getString("[0].account")));
        Till.payout(payoutId).body("account", equalTo("****" + account.substring(account.length() - 4)));
    }

    @Test
    void isPaidWhenTheProviderSaysSoAtOnce() {
        String payee = till.payee(100_200);
        String payoutId = till.settledPayoutOf(payee);

        Till.sendNow(payoutId);

        Till.awaitStatus(payoutId, "PAID");
        Till.payout(payoutId)
                .body("timeline.status", contains("PENDING", "IN_TRANSIT", "PAID"))
                .body("timeline.by", equalTo(Arrays.asList(null, null, null)));
        assertEquals(0, Till.balance(payee, Stage.IN_TRANSIT));
        assertEquals(100_200, Till.balance(payee, Stage.PAID));
    }

    @Test
    void failsWhenTheProviderSaysSoAtOnce() {
        String payee = till.payee(100_207);
        String payoutId = till.settledPayoutOf(payee);

        Till.sendNow(payoutId);

        Till.awaitStatus(payoutId, "FAILED");
        Till.payout(payoutId).body("reason", equalTo("The bank sent it back."));
        assertEquals(100_207, Till.balance(payee, Stage.AVAILABLE));
    }

    @Test
    void failsWhenItIsRefusedForGoodAndIsMadeAnewByTheNextSettlement() {
        String payee = till.payee(100_422);
        String payoutId = till.settledPayoutOf(payee);

        Till.sendNow(payoutId);

        Till.awaitStatus(payoutId, "FAILED");
        Till.payout(payoutId).body("reason", equalTo("The account is closed."));
        assertEquals(1, asked(payoutId).size());
        assertEquals(100_422, Till.balance(payee, Stage.AVAILABLE));
        assertEquals(0, Till.balance(payee, Stage.IN_TRANSIT));

        String next = till.settledPayoutOf(payee);

        assertEquals(List.of(next, payoutId), Till.payouts(payee));
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 409, 500, 503})
    void asksAgainForTheSameUntilItIsAnswered(int status) {
        String payoutId = till.settledPayout(100_000 + status);

        Till.sendNow(payoutId);

        await().atMost(SOON).untilAsserted(() -> assertEquals(3, asked(payoutId).size()));
        assertEquals(1, Set.copyOf(asked(payoutId)).size());
        Till.payout(payoutId)
                .body("status", equalTo("IN_TRANSIT"))
                .body("reason", nullValue())
                .body("timeline.status", contains("PENDING", "IN_TRANSIT"));
    }

    @Test
    void takesAKeyThatIsKnownForSomethingElseForNoRefusal() {
        String payee = till.payee(100_499);
        String payoutId = till.settledPayoutOf(payee);

        Till.sendNow(payoutId);

        await().atMost(SOON)
                .untilAsserted(() -> assertEquals(true, asked(payoutId).size() >= 2));
        Till.payout(payoutId).body("status", equalTo("IN_TRANSIT"));
        assertEquals(100_499, Till.balance(payee, Stage.IN_TRANSIT));
    }

    /** As after a crash between the commit and the call, or between the call and the note of its answer. */
    @Test
    void asksAgainForWhatLeftWithoutAnAnswer() {
        String payoutId = till.sentPayout(4717);
        await().atMost(SOON).untilAsserted(() -> assertEquals(1, asked(payoutId).size()));

        await().atMost(SOON).untilAsserted(() -> {
            Till.sendNow(payoutId); // An answer that is noted just now moves it once more.
            assertEquals(true, asked(payoutId).size() >= 2);
        });

        assertEquals(1, Set.copyOf(asked(payoutId)).size());
        Till.payout(payoutId).body("timeline.status", contains("PENDING", "IN_TRANSIT"));
    }

    @Test
    void tellsAPersonOfANumberThatDoesNotOpen() throws SQLException {
        String payee = till.payee(4717);
        String payoutId = till.settledPayoutOf(payee);
        swapNumber(payee);

        try (LogLines log = LogLines.capture()) {
            Till.sendNow(payoutId);

            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(log.all(), hasItem(startsWith("account number does not open userId=" + payee))));
        }
        assertEquals(0, asked(payoutId).size());
        Till.giveAccount(payee, Till.newAccount()).statusCode(200).body("version", equalTo(2));
    }

    /** As if somebody had put another payee's into the row. */
    private void swapNumber(String payee) throws SQLException {
        String others = seal.seal("somebody else", new AccountNumber("6222021234567890123"))
                .text();
        try (Connection owner = Database.asOwner();
                PreparedStatement update =
                        owner.prepareStatement("UPDATE payout_account SET sealed_number = ? WHERE user_id = ?")) {
            update.setString(1, others);
            update.setString(2, payee);
            assertEquals(1, update.executeUpdate());
        }
    }

    @Test
    void asksOnceHoweverManyReplicasSend() {
        till.settle();
        List<String> payees =
                IntStream.range(0, 50).mapToObj(i -> till.payee(4717)).toList();
        till.settle();
        List<String> sent =
                payees.stream().map(payee -> Till.payouts(payee).get(0)).toList();
        sent.forEach(Till::sendNow);

        List<Uni<Void>> replicas =
                Stream.generate(this::replica).limit(4).map(Sending::sendDue).toList();
        Uni.join().all(replicas).andFailFast().await().atMost(SOON);

        for (String payoutId : sent) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertEquals(1, asked(payoutId).size()));
            Till.payout(payoutId).body("timeline.status", contains("PENDING", "IN_TRANSIT"));
        }
    }

    /** What another process of this service would have. */
    private Sending replica() {
        return new Sending(pool, payouts, provider, endings, seal, outbox, clock, metrics, settings);
    }

    private static List<Map<String, Object>> asked(String payoutId) {
        return Till.asked(payoutId).getList("$");
    }
}
