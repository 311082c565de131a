package io.livesale.payout.publishing;

import static io.livesale.payout.Till.operator;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.payout.Database;
import io.livesale.payout.Till;
import io.livesale.stack.EventContract;
import io.livesale.stack.StackResource;
import io.livesale.stack.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class OutboxTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    /** More than a round sends. */
    private static final int CROWD = 700;

    @Inject
    Till till;

    @Inject
    KafkaClientService kafka;

    @Test
    void tellsEveryChangeOfAPayoutInItsOrder() {
        String payoutId = till.settledPayout(4717);
        review(payoutId, "hold");
        review(payoutId, "release");
        Till.sendNow(payoutId);
        Till.awaitStatus(payoutId, "IN_TRANSIT");
        Till.tell("payout.paid", payoutId).then().statusCode(202);

        List<ConsumerRecord<String, String>> records = sent(payoutId, 5);

        assertMatches("payout.scheduled", payoutId + ".1", records.get(0));
        assertMatches("payout.held", payoutId + ".2", records.get(1));
        assertMatches("payout.scheduled", payoutId + ".3", records.get(2));
        assertMatches("payout.in-transit", payoutId + ".4", records.get(3));
        assertMatches("payout.paid", payoutId + ".5", records.get(4));
    }

    @Test
    void tellsWhatFailedAndWhatWasCancelled() {
        String failed = till.sentPayout(4717);
        Till.tell("payout.failed", failed).then().statusCode(202);
        String cancelled = till.settledPayout(4717);
        review(cancelled, "hold");
        review(cancelled, "cancel");

        assertMatches("payout.failed", failed + ".3", sent(failed, 3).get(2));
        assertMatches("payout.cancelled", cancelled + ".3", sent(cancelled, 3).get(2));
    }

    @Test
    void sendsTheTraceOfWhoeverAskedForTheChange() {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        String payoutId = till.settledPayout(4717);
        operator()
                .header("traceparent", trace)
                .body(Map.of("reason", "Whose is it?"))
                .post("/payouts/" + payoutId + "/hold")
                .then()
                .statusCode(200);

        List<ConsumerRecord<String, String>> records = sent(payoutId, 2);

        assertNull(records.get(0).headers().lastHeader("traceparent"));
        assertEquals(
                trace,
                new String(records.get(1).headers().lastHeader("traceparent").value(), StandardCharsets.UTF_8));
    }

    @Test
    void tellsNoAccountAndNoHolder() {
        String account = Till.newAccount();
        String payee = Till.newUser();
        till.earn(payee, 4717, "CNY");
        Till.giveAccount(payee, account).statusCode(200);

        String told = sent(till.settledPayoutOf(payee), 1).toString();

        assertFalse(told.contains("Zhashui Co-operative"), told);
        assertFalse(told.contains(account), told);
    }

    @Test
    void sendsARowThatAppearsBelowOneSentBefore() throws SQLException {
        String key = "late-" + UUID.randomUUID();
        try (Connection late = Database.asRuntimeRole()) {
            late.setAutoCommit(false);
            insert(late, key);

            sent(till.settledPayout(4717), 1);
            late.commit();
        }

        assertEquals(1, sent(key, 1).size());
    }

    @Test
    void sendsACrowdWithoutLosingOne() throws SQLException {
        String prefix = "crowd-" + UUID.randomUUID() + "-";
        try (Connection connection = Database.asRuntimeRole()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < CROWD; i++) {
                insert(connection, prefix + i);
            }
            connection.commit();
        }

        try (TopicReader payouts = new TopicReader("payouts.v1")) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertEquals(
                            CROWD,
                            payouts.keysBeginning(prefix).stream().distinct().count()));
        }
    }

    @Test
    void waitsWhileAnotherReplicaRelays() throws SQLException {
        String key = "waiting-" + UUID.randomUUID();
        try (Connection other = Database.asRuntimeRole();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(" + 0x6f7574626f78L + ")");
            try (Connection writer = Database.asRuntimeRole()) {
                insert(writer, key);
            }
            try (TopicReader payouts = new TopicReader("payouts.v1")) {
                await().during(Duration.ofSeconds(1))
                        .until(() -> payouts.of(key).isEmpty());
            }
            other.commit();
        }

        assertEquals(1, sent(key, 1).size());
    }

    @Test
    void emptiesTheOutboxAndTellsSoInMetrics() {
        sent(till.settledPayout(4717), 1);

        await().atMost(SOON).untilAsserted(() -> assertEquals(0, Database.number("SELECT count(*) FROM outbox")));
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("payout_outbox_size"))
                .body(containsString("payout_outbox_age_seconds"));
    }

    @Test
    void losesNoEventToALazyBroker() {
        Map<String, ?> effective = kafka.getProducer("payouts").configuration();

        assertEquals("all", effective.get("acks"));
        assertEquals("true", effective.get("enable.idempotence").toString());
        assertEquals("10000", effective.get("delivery.timeout.ms").toString());
        assertEquals("3000", effective.get("request.timeout.ms").toString());
        assertEquals("2000", effective.get("max.block.ms").toString());
    }

    private static void assertMatches(String type, String id, ConsumerRecord<String, String> record) {
        Map<String, String> headers = TopicReader.headers(record);
        assertEquals(
                Set.of("ce_specversion", "ce_id", "ce_type", "ce_source", "ce_time", "ce_subject", "content-type"),
                headers.keySet());
        assertEquals("1.0", headers.get("ce_specversion"));
        assertEquals(id, headers.get("ce_id"));
        assertEquals(type, headers.get("ce_type"));
        assertEquals("/payout-service", headers.get("ce_source"));
        assertEquals(record.key(), headers.get("ce_subject"));
        assertEquals("application/json", headers.get("content-type"));
        assertTrue(Instant.parse(headers.get("ce_time")).isAfter(Instant.now().minusSeconds(60)));
        assertEquals(List.of(), EventContract.of("payout-service", type).violations(record.value()));
    }

    private static void review(String payoutId, String action) {
        operator()
                .body(Map.of("reason", "Whose is it?"))
                .post("/payouts/" + payoutId + "/" + action)
                .then()
                .statusCode(200);
    }

    private static List<ConsumerRecord<String, String>> sent(String key, int expected) {
        try (TopicReader payouts = new TopicReader("payouts.v1")) {
            return await().atMost(SOON).until(() -> payouts.of(key), records -> records.size() == expected);
        }
    }

    private static void insert(Connection connection, String key) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO outbox (message_key, event_id, event_type, occurred_at, data)
                    VALUES ('%s', '%s.1', 'payout.scheduled', now(), '{}')
                    """.formatted(key, key));
        }
    }
}
