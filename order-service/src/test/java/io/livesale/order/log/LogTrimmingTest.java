package io.livesale.order.log;

import static io.livesale.order.Market.buy;
import static io.livesale.order.Market.press;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.order.CommandCodec;
import io.livesale.order.LogProgress;
import io.livesale.order.Market;
import io.livesale.order.OfferTerms;
import io.livesale.order.OrderServiceTest;
import io.livesale.order.OrderSettings;
import io.livesale.order.Recurring;
import io.livesale.order.Terms;
import io.livesale.order.log.LogTrimming.Standing;
import io.smallrye.common.annotation.Identifier;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OrderServiceTest
class LogTrimmingTest {
    @Inject
    Market market;

    @Inject
    @Identifier("default-kafka-broker") Map<String, Object> broker;

    @Inject
    LogProgress progress;

    @Inject
    Pool pool;

    @Inject
    Recurring recurring;

    @Inject
    OrderSettings settings;

    @Test
    void deletesWhatIsDecidedAndOldAndItsEvents() {
        OfferTerms offer = market.open(Terms.of(10, null));
        buy("lin", UUID.randomUUID().toString(), offer, 1);
        ConsumerRecord<String, byte[]> old = last(offer);
        await().until(() -> Instant.now().toEpochMilli() > old.timestamp());
        buy("lin", UUID.randomUUID().toString(), offer, 1);
        ConsumerRecord<String, byte[]> young = last(offer);

        // The offsets are committed a moment after the events are told.
        await().untilAsserted(() -> {
            trimAt(young.timestamp() + retentionMillis());
            assertEquals(List.of(young.offset()), offsets(offer));
        });

        assertEquals(List.of("0"), eventBatches(young.partition(), "end_offset <= " + young.offset()));
        assertEquals(List.of("1"), eventBatches(young.partition(), "end_offset > " + young.offset()));
    }

    @Test
    void neverTouchesWhatIsNotDecided() {
        OfferTerms offer = market.open(Terms.of(10, null));
        buy("lin", UUID.randomUUID().toString(), offer, 1);

        market.whileDecidingIsHeldUp(() -> {
            press("lin", UUID.randomUUID().toString(), offer, 1);
            long undecided = last(offer).offset();
            await().untilAsserted(() -> {
                trimAt(Instant.now().plusSeconds(3600).toEpochMilli() + retentionMillis());
                assertEquals(List.of(undecided), offsets(offer), "all are old, and one is not decided");
            });
        });

        await().untilAsserted(() ->
                given().get("/availability/" + offer.offerId()).then().body("reserved", equalTo(2)));
    }

    @Test
    void leavesEverythingYoung() {
        OfferTerms offer = market.open(Terms.of(10, null));
        buy("lin", UUID.randomUUID().toString(), offer, 1);
        List<Long> before = offsets(offer);

        trimAt(Instant.now().toEpochMilli());

        assertEquals(before, offsets(offer));
    }

    /** As after the topic was made anew with fewer. */
    @Test
    void passesOverPartitionsThatTheLogHasNoMore() {
        OfferTerms offer = market.open(Terms.of(10, null));
        buy("lin", UUID.randomUUID().toString(), offer, 1);
        market.query("INSERT INTO partition_progress (partition, next_offset) VALUES (1000000, 1) RETURNING 1");

        await().untilAsserted(() -> {
            trimAt(Instant.now().plusSeconds(3600).toEpochMilli() + retentionMillis());
            assertEquals(List.of(), offsets(offer));
        });
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # start, end, young, decided, told, first to keep
            10, 100,  50, 100, 100, 50
            10, 100,  50,  40, 100, 40
            10, 100,  50,  60,  30, 30
            10, 100,  -1, 100, 100, 100
            10, 100,  -1, 200, 200, 100
            10, 100,  50,   5, 100, 10
            10, 100,  50, 100,   0, 10
            """)
    void keepsFromTheFirstThatIsYoungOrUndecidedOrUntold(
            long start, long end, long young, long decided, long told, long keepFrom) {
        assertEquals(keepFrom, new Standing(start, end, young, decided, told).keepFrom());
    }

    private void trimAt(long epochMillis) {
        Clock clock = Clock.fixed(Instant.ofEpochMilli(epochMillis), ZoneOffset.UTC);
        new LogTrimming(broker, progress, pool, recurring, clock, settings)
                .trim()
                .await()
                .atMost(Duration.ofSeconds(20));
    }

    private long retentionMillis() {
        return settings.log().retention().toMillis();
    }

    private ConsumerRecord<String, byte[]> last(OfferTerms offer) {
        List<ConsumerRecord<String, byte[]>> all = market.records(CommandCodec.TOPIC, offer.offerId());
        return all.get(all.size() - 1);
    }

    private List<Long> offsets(OfferTerms offer) {
        return market.records(CommandCodec.TOPIC, offer.offerId()).stream()
                .map(ConsumerRecord::offset)
                .toList();
    }

    private List<String> eventBatches(int partition, String which) {
        return market.query("SELECT count(*) FROM event_batch WHERE partition = " + partition + " AND " + which);
    }
}
