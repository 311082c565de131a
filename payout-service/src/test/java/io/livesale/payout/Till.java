package io.livesale.payout;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.livesale.payout.Account.Party;
import io.livesale.payout.Account.Stage;
import io.livesale.payout.LedgerTransaction.Kind;
import io.livesale.stack.Tokens;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/** Payees with money and an account, settlements that pay them, and the provider's word, as tests need them. */
@Singleton
public class Till {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Pool pool;
    private final Ledger ledger;

    Till(Pool pool, Ledger ledger) {
        this.pool = pool;
        this.ledger = ledger;
    }

    /** Somebody new with so much available in CNY, and a verified account to pay it to. */
    public String payee(long available) {
        String userId = newUser();
        earn(userId, available, "CNY");
        giveAccount(userId, newAccount()).statusCode(200).body(containsString("VERIFIED"));
        return userId;
    }

    public static String newUser() {
        return "payee-" + UUID.randomUUID();
    }

    /** A number that the provider takes for an account. */
    public static String newAccount() {
        return "6222" + UUID.randomUUID().toString().replaceAll("\\D", "") + "000";
    }

    /** Makes money available, as the release of an order does; a negative amount as a refund after it. */
    public void earn(String userId, long amount, String currency) {
        Money money = new Money(amount, Currency.getInstance(currency));
        UUID orderId = UUID.randomUUID();
        LedgerTransaction release = LedgerTransaction.ofOrder(
                orderId + ".release",
                Kind.RELEASE,
                orderId,
                Instant.now(),
                List.of(
                        new Posting(new Party(userId, Stage.PENDING), money.negated()),
                        new Posting(new Party(userId, Stage.AVAILABLE), money)));
        pool.withTransaction(connection -> ledger.postAll(connection, List.of(release)))
                .await()
                .atMost(SOON);
    }

    public static ValidatableResponse giveAccount(String userId, String number) {
        return as(userId, "seller")
                .body(Map.of("kind", "BANK", "holder", "Zhashui Co-operative", "account", number))
                .put("/payout-accounts/me")
                .then();
    }

    /** Runs a settlement to its end and gives its id. */
    public String settle() {
        String settlementId = "test-" + UUID.randomUUID();
        begin(settlementId).statusCode(202);
        awaitDone(settlementId);
        return settlementId;
    }

    public static ValidatableResponse begin(String settlementId) {
        return operator()
                .body(Map.of("settlementId", settlementId))
                .post("/settlements")
                .then();
    }

    public static void awaitDone(String settlementId) {
        awaitStatusOf("/settlements/" + settlementId, "DONE");
    }

    /** The ids of a payee's payouts, newest first. */
    public static List<String> payouts(String userId) {
        return json("/payouts?userId=" + userId).getJsonArray("items").stream()
                .map(item -> ((JsonObject) item).getString("payoutId"))
                .toList();
    }

    /** Settles, and gives the only payout that somebody new with so much available has then; nothing is due yet. */
    public String settledPayout(long available) {
        return settledPayoutOf(payee(available));
    }

    /** Settles, and gives the payee's newest payout. */
    public String settledPayoutOf(String userId) {
        settle();
        return payouts(userId).get(0);
    }

    /** A payout that was sent and taken by the provider. */
    public String sentPayout(long available) {
        String payoutId = settledPayout(available);
        sendNow(payoutId);
        awaitStatus(payoutId, "IN_TRANSIT");
        return payoutId;
    }

    /** Lets the pause before it is sent, or asked for again, be over. */
    public static void sendNow(String payoutId) {
        try (Connection connection = Database.asRuntimeRole();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE payout SET next_call_at = 'epoch' WHERE id = '" + payoutId
                    + "' AND next_call_at IS NOT NULL");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static ValidatableResponse payout(String payoutId) {
        return operator().get("/payouts/" + payoutId).then();
    }

    public static void awaitStatus(String payoutId, String status) {
        awaitStatusOf("/payouts/" + payoutId, status);
    }

    private static void awaitStatusOf(String path, String status) {
        await().atMost(SOON).until(() -> json(path).getString("status"), equalTo(status));
    }

    /** What is asked for most often is read without the expressions of REST-assured, which compiles each every time. */
    private static JsonObject json(String path) {
        return new JsonObject(
                operator().get(path).then().statusCode(200).extract().asString());
    }

    public static long balance(String userId, Stage stage) {
        try {
            return Database.balance(new Party(userId, stage).accountName(), "CNY");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the provider was asked under this key, or for this account. */
    public static JsonPath asked(String key) {
        String provider = ConfigProvider.getConfig().getValue("payout.provider.url", String.class);
        return given().get(provider + "/asked/" + key).jsonPath();
    }

    /** The provider sends a webhook about a payout. */
    public static Response tell(String type, String payoutId) {
        return tell(PayoutProviderResource.SECRET, Instant.now(), """
                {"type": "%s", "payoutId": "%s", "reason": "The account is closed."}""".formatted(type, payoutId));
    }

    public static Response tell(String secret, Instant time, String body) {
        try {
            return given().contentType(ContentType.JSON)
                    .header("webhook-id", "msg_1")
                    .header("webhook-timestamp", time.getEpochSecond())
                    .header("webhook-signature", new Webhook(secret).sign("msg_1", time.getEpochSecond(), body))
                    .body(body)
                    .post("/payout-provider/webhook");
        } catch (EmptyWebhookSecretException | WebhookSigningException e) {
            throw new IllegalStateException(e);
        }
    }

    public static RequestSpecification operator() {
        return as("ops", "operator");
    }

    public static RequestSpecification as(String userId, String... roles) {
        return given().auth().oauth2(Tokens.of(userId, roles)).contentType(ContentType.JSON);
    }
}
