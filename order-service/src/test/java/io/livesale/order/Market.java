package io.livesale.order;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.f4b6a3.uuid.UuidCreator;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.livesale.stack.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** What happens around the service in its tests: catalog opens offers, viewers press buy, others read the topics. */
@Singleton
public class Market {
    static {
        // Long enough for a machine that is busy with other things; nobody waits longer than it takes.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    }

    @Inject
    Producer<String, byte[]> producer;

    @Inject
    @Identifier("default-kafka-broker") Map<String, Object> broker;

    @Inject
    DataSource database;

    /** Opens an offer as catalog does, and waits until it is on sale. */
    public OfferTerms open(OfferTerms terms) {
        tell("offer.opened", terms);
        awaitStatus(terms, true);
        return terms;
    }

    public void close(OfferTerms terms) {
        tell("offer.closed", terms);
        awaitStatus(terms, false);
    }

    private void tell(String type, OfferTerms terms) {
        String key = terms.offerId().toString();
        send(new CloudEvent("offers.v1", key, key + "." + type, type, Instant.now(), Json.writeBytes(terms), null)
                .toRecord());
    }

    private static void awaitStatus(OfferTerms terms, boolean open) {
        await().untilAsserted(() -> assertEquals(
                open, json(given().get("/availability/" + terms.offerId())).getBoolean("open")));
    }

    public void send(ProducerRecord<String, byte[]> outgoing) {
        try {
            producer.send(outgoing).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Presses buy and waits for the outcome. */
    public static Response buy(String buyer, String key, OfferTerms terms, int quantity) {
        return given().auth()
                .oauth2(Tokens.of(buyer, "buyer"))
                .header("Idempotency-Key", key)
                .header("Prefer", "wait=10")
                .contentType(ContentType.JSON)
                .body(Map.of("offerId", terms.offerId(), "quantity", quantity))
                .post("/orders");
    }

    /** Buys what is sent to an address. */
    public static String buySentTo(Map<String, String> address, String buyer, OfferTerms terms) {
        return as(buyer, "buyer")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Prefer", "wait=10")
                .body(Map.of("offerId", terms.offerId(), "quantity", 1, "shipTo", address))
                .post("/orders")
                .path("orderId");
    }

    /** Presses buy and does not wait. */
    public static Response press(String buyer, String key, OfferTerms terms, int quantity) {
        return given().auth()
                .oauth2(Tokens.of(buyer, "buyer"))
                .header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(Map.of("offerId", terms.offerId(), "quantity", quantity))
                .post("/orders");
    }

    /** A request with a body, or none, in somebody's name. */
    public static RequestSpecification as(String user, String... roles) {
        return given().auth().oauth2(Tokens.of(user, roles)).contentType(ContentType.JSON);
    }

    /** An order as operators see it. */
    public static Response order(String orderId) {
        return as("staff", "operator").get("/orders/" + orderId);
    }

    public static void awaitStatus(String orderId, Order.Status status) {
        await().until(() -> json(order(orderId)).getString("status"), equalTo(status.name()));
    }

    /** What is asked for most often is read without the expressions of REST-assured, which compiles each every time. */
    public static JsonObject json(Response response) {
        return new JsonObject(response.asString());
    }

    /** Buys and pays. */
    public static String paid(String buyer, OfferTerms terms, int quantity) {
        String orderId =
                buy(buyer, UUID.randomUUID().toString(), terms, quantity).path("orderId");
        capture(orderId, terms.price().times(quantity)).then().statusCode(202);
        await().untilAsserted(() -> order(orderId).then().body("timeline.type", hasItem("order.paid")));
        return orderId;
    }

    /** The provider tells that it captured an order's payment. */
    public static Response capture(String orderId, Money amount) {
        return tell("msg_" + UUID.randomUUID(), "payment.captured", orderId, amount, null);
    }

    /**
     * The provider tells something of an order's payment.
     *
     * @param refundId as we named it to the provider; absent where it names none
     */
    public static Response tell(String noticeId, String type, String orderId, Money amount, @Nullable UUID refundId) {
        Map<String, Object> notice = new HashMap<>();
        notice.put("type", type);
        notice.put("orderId", orderId);
        notice.put("paymentId", paymentId(orderId));
        notice.put("amount", amount);
        notice.put("refundId", refundId);
        return tell(ProviderResource.SECRET, noticeId, Instant.now(), Json.write(notice));
    }

    /** The provider sends a webhook. */
    public static Response tell(String secret, String noticeId, Instant time, String body) {
        try {
            return given().contentType(ContentType.JSON)
                    .header("webhook-id", noticeId)
                    .header("webhook-timestamp", time.getEpochSecond())
                    .header("webhook-signature", new Webhook(secret).sign(noticeId, time.getEpochSecond(), body))
                    .body(body)
                    .post("/payments/webhook");
        } catch (EmptyWebhookSecretException | WebhookSigningException e) {
            throw new IllegalStateException(e);
        }
    }

    public static UUID paymentId(String orderId) {
        return UuidCreator.getNameBasedSha1(UUID.fromString(orderId), "payment");
    }

    /** Appends a command as if it had been accepted at its time. */
    public void append(OrderCommand command) {
        send(CommandCodec.encode(command).toRecord());
    }

    /** How many commands of this type the log holds about an order. */
    public long commands(String type, String orderId, OfferTerms terms) {
        return records(CommandCodec.TOPIC, terms.offerId()).stream()
                .filter(entry -> CloudEvent.typeOf(entry.headers()).equals(type))
                .map(CommandCodec::decode)
                .filter(command -> command.subject().toString().equals(orderId))
                .count();
    }

    /** Does something while no partition is decided. */
    public void whileDecidingIsHeldUp(Runnable meanwhile) {
        whileHolding("SELECT 1 FROM partition_progress FOR UPDATE", meanwhile);
    }

    /** As if the database did not answer, to whoever asks this. */
    public void whileNobodyCanSeeHowFarTheLogIsDecided(Runnable meanwhile) {
        whileHolding("LOCK TABLE partition_progress IN ACCESS EXCLUSIVE MODE", meanwhile);
    }

    private void whileHolding(String lock, Runnable meanwhile) {
        try (Connection holdingUp = database.getConnection();
                Statement statement = holdingUp.createStatement()) {
            holdingUp.setAutoCommit(false);
            statement.execute(lock);
            meanwhile.run();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends the service's connections to the database: a role may end its own, and this one spares itself. */
    public void cutConnections() {
        query("""
                SELECT pg_terminate_backend(pid)
                FROM pg_stat_activity
                WHERE usename = current_user
                  AND pid <> pg_backend_pid()
                """);
    }

    /** How a query would run on tables that are large; those of a test are too small to be worth an index. */
    public String plan(String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL enable_seqscan = off");
            statement.execute("SET LOCAL enable_bitmapscan = off");
            return String.join("\n", firstColumn(statement, "EXPLAIN (COSTS OFF) " + sql));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of what a query finds. */
    public List<String> query(String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            return firstColumn(statement, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> firstColumn(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            List<String> first = new ArrayList<>();
            while (rows.next()) {
                first.add(rows.getString(1));
            }
            return first;
        }
    }

    /** Everything in a topic now that is about this key. */
    public List<ConsumerRecord<String, byte[]>> records(String topic, UUID key) {
        return records(topic)
                .filter(entry -> key.toString().equals(entry.key()))
                .toList();
    }

    /** Everything in a topic now. */
    public Stream<ConsumerRecord<String, byte[]>> records(String topic) {
        Map<String, Object> settings = new HashMap<>(broker);
        settings.put("enable.auto.commit", "false");
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            }
        }
        return found.stream();
    }
}
