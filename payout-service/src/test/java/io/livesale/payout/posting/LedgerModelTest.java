package io.livesale.payout.posting;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.payout.Database;
import io.livesale.payout.Events;
import io.livesale.payout.FeeProgramme;
import io.livesale.payout.FeeProgrammes;
import io.livesale.payout.MovableClock;
import io.livesale.payout.Rate;
import io.livesale.payout.Reserving;
import io.livesale.stack.StackResource;
import io.livesale.stack.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * I4 and I5: in whatever order events come, however often, in whatever batches, to two consumers at once, while the
 * timers release and the clock moves on, the ledger ends equal to what a plain model makes of each order by itself.
 */
@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
@TestProfile(Reserving.class)
class LedgerModelTest {
    private static final int ORDERS = 1000;
    private static final Instant FIRST = Instant.parse("2026-11-21T12:00:00Z");

    @Inject
    OrderEvents orderEvents;

    @Inject
    FeeProgrammes programmes;

    @Inject
    MovableClock clock;

    /** {@code -Dledger.seed=…} makes the same orders and batches again. */
    private final long seed =
            Long.getLong("ledger.seed", ThreadLocalRandom.current().nextLong());

    private final Random random = new Random(seed);
    private final OrderStories stories = new OrderStories(random, FIRST);

    @AfterEach
    void letTheClockRun() {
        clock.run();
    }

    @Test
    void equalsThePlainModelWhateverTheOrderTheBatchesAndTheRepeats() throws SQLException {
        OrderStories.PROGRAMMES.forEach(this::setProgramme);
        Map<String, Long> platformBefore = platformBalances();
        List<OrderStories.Story> told =
                Stream.generate(stories::next).limit(ORDERS).toList();
        List<ConsumerRecord<byte[], byte[]>> log = log(told);

        int next = 0;
        while (next < log.size()) {
            int first = Math.min(log.size(), next + 1 + random.nextInt(400));
            int second = Math.min(log.size(), first + random.nextInt(400));
            int overlap = Math.max(0, first - random.nextInt(50));
            clock.moveTo(FIRST.plus(Duration.ofDays(30L * next / log.size())));
            // Two replicas at once, the second with some of what the first one has.
            Uni.join()
                    .all(consume(log.subList(next, first)), consume(log.subList(overlap, second)))
                    .andFailFast()
                    .await()
                    .atMost(Duration.ofMinutes(1));
            next = second;
        }
        clock.moveTo(FIRST.plus(Duration.ofDays(400)));
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertEquals(0, unreleased(), "seed " + seed));
        // What was released only now is reserved from now on.
        clock.moveTo(FIRST.plus(Duration.ofDays(500)));

        Map<String, Long> model = new TreeMap<>();
        told.forEach(story -> story.addTo(model));
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertEquals(model, balances(model, platformBefore), "seed " + seed));
        given().auth()
                .oauth2(Tokens.of("ops", "operator"))
                .get("/ledger/verification")
                .then()
                .statusCode(200)
                .body("unbalanced", equalTo(0))
                .body("driftedBalances", equalTo(0));
    }

    /** Every event, those of every third order twice, in any order. */
    private List<ConsumerRecord<byte[], byte[]>> log(List<OrderStories.Story> told) {
        List<ConsumerRecord<byte[], byte[]>> log = new ArrayList<>();
        for (OrderStories.Story story : told) {
            log.addAll(story.events());
            if (random.nextInt(3) == 0) {
                log.addAll(story.events());
            }
        }
        Collections.shuffle(log, random);
        return log;
    }

    private static long unreleased() throws SQLException {
        return Database.number(
                "SELECT count(*) FROM order_standing WHERE release_at IS NOT NULL AND released_at IS NULL");
    }

    private Uni<Void> consume(List<ConsumerRecord<byte[], byte[]>> events) {
        return orderEvents.consume(Events.batch(events));
    }

    private void setProgramme(String county, int basisPoints) {
        programmes
                .put(
                        new FeeProgramme("model-" + county, "help", Set.of(county), new Rate(basisPoints), FIRST, null),
                        "ops")
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    /** Of the accounts of the model, what this test added to them. */
    private static Map<String, Long> balances(Map<String, Long> model, Map<String, Long> before) throws SQLException {
        Map<String, Long> balances = new TreeMap<>();
        for (String key : model.keySet()) {
            String[] parts = key.split("/");
            balances.put(key, Database.balance(parts[0], parts[1]) - before.getOrDefault(key, 0L));
        }
        return balances;
    }

    private static Map<String, Long> platformBalances() throws SQLException {
        Map<String, Long> balances = new HashMap<>();
        for (String account : List.of("platform:fees", "psp-clearing")) {
            for (String currency : List.of("CNY", "USD")) {
                balances.put(account + "/" + currency, Database.balance(account, currency));
            }
        }
        return balances;
    }
}
