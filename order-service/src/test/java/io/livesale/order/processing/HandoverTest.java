package io.livesale.order.processing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.order.CommandCodec;
import io.livesale.order.CommandLog;
import io.livesale.order.EventSender;
import io.livesale.order.LogProgress;
import io.livesale.order.Market;
import io.livesale.order.OfferTerms;
import io.livesale.order.OrderCommand.PlaceOrder;
import io.livesale.order.OrderServiceTest;
import io.livesale.order.OrderSettings;
import io.livesale.order.OrderSettings.GroupProtocol;
import io.livesale.order.Retries;
import io.livesale.order.Settings;
import io.livesale.order.Terms;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A second replica's processor beside the service's own, on the same log and the same database. */
@OrderServiceTest
class HandoverTest {
    private static final int OFFERS = 12;
    private static final int ALLOTMENT = 3;
    private static final int ORDERS = 5;

    @Inject
    Market market;

    @Inject
    @Identifier("default-kafka-broker") Map<String, Object> broker;

    @Inject
    BatchDecision decision;

    @Inject
    LogProgress progress;

    @Inject
    EventSender events;

    @Inject
    Retries retries;

    @ParameterizedTest
    @EnumSource
    void batchesUnderWayWhenTheirPartitionsGoAreDecidedOnce(GroupProtocol protocol) {
        List<OfferTerms> offers =
                Stream.generate(() -> Terms.of(ALLOTMENT, null)).limit(OFFERS).toList();
        CommandProcessor second = new CommandProcessor(broker, decision, progress, events, retries, settings(protocol));
        second.start(new Startup());
        try {
            offers.forEach(market::open);
            await().until(() -> members() == 2);

            market.whileDecidingIsHeldUp(() -> {
                offers.forEach(this::placeOrders);
                await().untilAsserted(() -> assertEquals(partitions(offers).size(), batchesHeldUp()));
                leave(second);
                await().until(() -> members() == 1);
            });
        } finally {
            leave(second);
        }

        await().untilAsserted(() -> assertEquals(OFFERS * ORDERS, decided(offers)));
        assertSoldOnce(offers);
        await().untilAsserted(() -> assertToldOnce(offers));
    }

    /** Impatient, so that what is held up is not finished in time. */
    private static OrderSettings settings(GroupProtocol protocol) {
        return Settings.with(
                Map.of("order.processing.group-protocol", protocol.name(), "order.processing.handover", "PT0.5S"));
    }

    private static void leave(CommandProcessor replica) {
        try {
            replica.stop(new ShutdownEvent());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void placeOrders(OfferTerms offer) {
        Stream.generate(() -> new PlaceOrder(
                        UUID.randomUUID(),
                        offer.offerId(),
                        "lin",
                        1,
                        null,
                        null,
                        Instant.now().truncatedTo(ChronoUnit.MILLIS)))
                .limit(ORDERS)
                .forEach(market::append);
    }

    /** Replicas that have partitions. */
    private long members() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(broker)) {
            return admin
                    .describeConsumerGroups(Set.of(CommandLog.DECIDERS))
                    .all()
                    .get()
                    .get(CommandLog.DECIDERS)
                    .members()
                    .stream()
                    .filter(member -> !member.assignment().topicPartitions().isEmpty())
                    .count();
        }
    }

    private Set<Integer> partitions(List<OfferTerms> offers) {
        Set<String> keys =
                offers.stream().map(offer -> offer.offerId().toString()).collect(Collectors.toSet());
        return market.records(CommandCodec.TOPIC)
                .filter(entry -> keys.contains(entry.key()))
                .map(ConsumerRecord::partition)
                .collect(Collectors.toSet());
    }

    private int batchesHeldUp() {
        return Integer.parseInt(market.query("""
                        SELECT count(*)
                        FROM pg_stat_activity
                        WHERE wait_event_type = 'Lock'
                          AND query LIKE 'INSERT INTO partition_progress%'
                        """).get(0));
    }

    private static String ids(List<OfferTerms> offers) {
        return offers.stream().map(offer -> "'" + offer.offerId() + "'").collect(Collectors.joining(", ", "(", ")"));
    }

    private int decided(List<OfferTerms> offers) {
        return market.query("SELECT 1 FROM orders WHERE offer_id IN " + ids(offers))
                .size();
    }

    private void assertSoldOnce(List<OfferTerms> offers) {
        List<String> reserved = market.query("SELECT reserved FROM offer WHERE offer_id IN " + ids(offers));
        assertEquals(Collections.nCopies(OFFERS, Integer.toString(ALLOTMENT)), reserved);
    }

    /** A replay may tell it again, in the same words. */
    private void assertToldOnce(List<OfferTerms> offers) {
        Set<String> orders = Set.copyOf(market.query("SELECT order_id FROM orders WHERE offer_id IN " + ids(offers)));
        Map<String, Set<String>> told = market.records("orders.v1")
                .filter(entry -> orders.contains(entry.key()))
                .collect(Collectors.groupingBy(
                        ConsumerRecord::key,
                        Collectors.mapping(
                                entry -> new String(entry.value(), StandardCharsets.UTF_8), Collectors.toSet())));
        assertEquals(orders, told.keySet());
        told.values().forEach(outcomes -> assertEquals(1, outcomes.size()));
    }
}
