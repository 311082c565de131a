package io.livesale.order.processing;

import static io.livesale.order.Market.buy;
import static io.livesale.order.Market.press;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.order.CommandCodec;
import io.livesale.order.LogLines;
import io.livesale.order.Market;
import io.livesale.order.OfferTerms;
import io.livesale.order.Order;
import io.livesale.order.OrderCommand.CancelOrder;
import io.livesale.order.OrderServiceTest;
import io.livesale.order.Terms;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OrderServiceTest
class RestoreTest {
    private final LogLines gaps = new LogLines(Gap.class);
    private final LogLines decisions = new LogLines(BatchDecision.class);

    @Inject
    Market market;

    @Inject
    @Identifier("default-kafka-broker") Map<String, Object> broker;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String database;

    @ConfigProperty(name = "quarkus.flyway.username")
    String owner;

    @AfterEach
    void stopListening() {
        gaps.close();
        decisions.close();
    }

    @Test
    void whatARestoredDatabaseLostIsDecidedAgainAndTheSame() {
        OfferTerms offer = market.open(Terms.of(10, null));
        order("lin", offer);
        Snapshot before = snapshot(offer);
        List<String> lost = List.of(order("wang", offer), order("zhao", offer));

        restore(before);

        await().untilAsserted(() -> assertEquals(3, decided(offer)));
        assertEquals(List.of("3"), market.query("SELECT reserved FROM offer " + of(offer)));
        assertEquals(List.of("3"), market.query("SELECT orders FROM offer " + of(offer)));
        for (String orderId : lost) {
            List<ConsumerRecord<String, byte[]>> copies = copies(orderId);
            assertEquals(2, copies.size());
            assertArrayEquals(copies.get(0).value(), copies.get(1).value());
        }
        gaps.awaitOne("the database is behind");
    }

    @Test
    void aRestoredDatabaseIsBelievedWhateverIsRemembered() {
        OfferTerms offer = market.open(Terms.of(10, null));
        String lin = order("lin", offer);
        Snapshot before = snapshot(offer);
        cancel(lin, offer);
        cancel(order("wang", offer), offer);

        restore(before);
        // Of this offer nothing is reserved any more, as the lane remembers it.
        appendCancel(lin, offer);

        gaps.awaitOne("the database is behind");
        Market.awaitStatus(lin, Order.Status.CANCELLED);
        await().untilAsserted(
                        () -> assertEquals(List.of("0"), market.query("SELECT reserved FROM offer " + of(offer))));
    }

    private void cancel(String orderId, OfferTerms offer) {
        appendCancel(orderId, offer);
        Market.awaitStatus(orderId, Order.Status.CANCELLED);
    }

    private void appendCancel(String orderId, OfferTerms offer) {
        market.append(new CancelOrder(UUID.fromString(orderId), offer.offerId(), Instant.now()));
    }

    @Test
    void whatIsInNeitherIsToldAndTheRestDecided() throws ExecutionException, InterruptedException {
        OfferTerms offer = market.open(Terms.of(10, null));
        order("lin", offer);
        Snapshot before = snapshot(offer);
        order("wang", offer);
        deleteCommands(snapshot(offer));

        restore(before);

        gaps.awaitOne("commands are lost");
        order("zhao", offer);
        assertEquals(2, decided(offer));
        assertEquals(1, gaps.count("commands are lost"));
    }

    @Test
    void newCommandsAtOldOffsetsWaitUntilTheDatabaseIsMended() {
        OfferTerms offer = market.open(Terms.of(10, null));
        Snapshot before = snapshot(offer);
        moveProgress(before.partition(), before.nextOffset() + 1000);

        String orderId = press("lin", UUID.randomUUID().toString(), offer, 1).path("orderId");

        await().until(() -> decisions.count("the log ended before what is decided") > 0);
        assertEquals(0, decided(offer));
        moveProgress(before.partition(), before.nextOffset());
        await().untilAsserted(() -> assertEquals(1, copies(orderId).size()));
    }

    /** An offer, and the partition that decides it, as the database has them. */
    private record Snapshot(
            UUID offerId, int partition, long nextOffset, String reserved, String orders, String version) {}

    private Snapshot snapshot(OfferTerms offer) {
        int partition = market.records(CommandCodec.TOPIC, offer.offerId()).stream()
                .findFirst()
                .orElseThrow()
                .partition();
        return new Snapshot(
                offer.offerId(),
                partition,
                Long.parseLong(only("SELECT next_offset FROM partition_progress WHERE partition = " + partition)),
                only("SELECT reserved FROM offer " + of(offer)),
                only("SELECT orders FROM offer " + of(offer)),
                only("SELECT version FROM offer " + of(offer)));
    }

    private String only(String sql) {
        return market.query(sql).get(0);
    }

    /** As if the database had been replaced by a copy from then. */
    private void restore(Snapshot then) {
        try (Connection connection = DriverManager.getConnection(database, owner, owner);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT 1 FROM partition_progress WHERE partition = " + then.partition() + " FOR UPDATE");
            statement.execute("DELETE FROM orders WHERE buyer_id <> 'lin' AND offer_id = '" + then.offerId() + "'");
            statement.execute("UPDATE orders SET status = 'RESERVED', sequence = 1, later_entries = NULL"
                    + " WHERE buyer_id = 'lin' AND offer_id = '" + then.offerId() + "'");
            statement.execute("UPDATE offer SET reserved = %s, orders = %s, version = %s WHERE offer_id = '%s'"
                    .formatted(then.reserved(), then.orders(), then.version(), then.offerId()));
            statement.execute("DELETE FROM event_batch WHERE partition = %d AND end_offset > %d"
                    .formatted(then.partition(), then.nextOffset()));
            statement.execute("UPDATE partition_progress SET next_offset = %d WHERE partition = %d"
                    .formatted(then.nextOffset(), then.partition()));
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void moveProgress(int partition, long nextOffset) {
        market.query("UPDATE partition_progress SET next_offset = %d WHERE partition = %d RETURNING 1"
                .formatted(nextOffset, partition));
    }

    private void deleteCommands(Snapshot until) throws ExecutionException, InterruptedException {
        TopicPartition partition = new TopicPartition(CommandCodec.TOPIC, until.partition());
        try (Admin admin = Admin.create(broker)) {
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(until.nextOffset())))
                    .all()
                    .get();
        }
    }

    private static String order(String buyer, OfferTerms offer) {
        return buy(buyer, UUID.randomUUID().toString(), offer, 1).path("orderId");
    }

    private long decided(OfferTerms offer) {
        return Long.parseLong(only("SELECT count(*) FROM orders " + of(offer)));
    }

    private static String of(OfferTerms offer) {
        return "WHERE offer_id = '" + offer.offerId() + "'";
    }

    private List<ConsumerRecord<String, byte[]>> copies(String orderId) {
        return market.records("orders.v1", UUID.fromString(orderId));
    }
}
