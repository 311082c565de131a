package io.livesale.e2e;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.e2e.SteadyBuyers.Answer;
import io.livesale.e2e.SteadyBuyers.Press;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Kafka as in production, on three brokers of which two confirm: with one of them killed intake goes on, with two it says
 * that it cannot, and no accepted order is lost. Killed once in every build; more often by hand:
 * {@code -Dit.test=ThreeBrokersIT -Dbrokers.rounds=20}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("long")
class ThreeBrokersIT {
    private static final int ROUNDS = Integer.getInteger("brokers.rounds", 1);
    /** {@code -Dbrokers.seed=…} presses the same again. */
    private static final long SEED =
            Long.getLong("brokers.seed", ThreadLocalRandom.current().nextLong());

    private static final String OFFER = UUID.randomUUID().toString();
    private static final String GROUP = "order-service.decide";
    private static final String COMMANDS = "order-commands.v1";
    private static final int SOME = 100;
    private static final Duration SOON = Duration.ofMinutes(2);

    private static ThreeBrokers system;
    private static Broker broker;
    private static Leaders leaders;
    private static SteadyBuyers buyers;
    private static TopicPartition offersLog;

    @BeforeAll
    static void sell() throws IOException {
        system = ThreeBrokers.start();
        broker = new Broker(system.bootstrapServers());
        leaders = new Leaders(system.bootstrapServers());
        offersLog = broker.partitionOf(OFFER, COMMANDS);
        open();
        system.origins().forEach(origin -> LiveSession.awaitOnSale(origin, OFFER));
        assertThat(leaders.copiesInSync(), everyItem(is(3)));
        buyers = new SteadyBuyers(system.origins(), system::tokenOf, OFFER, SEED);
        awaitAcceptedSince(Instant.now());
    }

    @AfterAll
    static void stop() {
        Closing.all(Arrays.asList(buyers, leaders, broker, system));
    }

    @Test
    @Order(1)
    void ofThreeBrokersOneMayDieWhateverItLeads() {
        for (int round = 1; round <= ROUNDS; round++) {
            bringBack(system.dead());
            int victim = whoLeadsAll();
            system.kill(Set.of(victim));
            Instant killed = Instant.now();

            awaitAcceptedSince(killed);

            assertEquals(Set.of(victim), system.dead());
            Duration gap = Duration.between(killed, acceptedSince(killed).get(0).told());
            System.out.printf("broker %d killed, orders accepted again after %d ms%n", victim, gap.toMillis());
            Set<String> accepted = orders(acceptedSince(killed));
            await().atMost(SOON)
                    .until(() ->
                            OrderEvents.of(broker, OFFER).outcomes().keySet().containsAll(accepted));
        }
    }

    @Test
    @Order(2)
    void withoutASecondBuyersAreAskedToRepeat() {
        Set<Integer> others = new HashSet<>(system.ids());
        others.remove(leaders.leaderOf(offersLog));
        system.kill(others);
        assertEquals(others, system.dead());
        Instant killed = Instant.now();

        List<Answer> told = await().atMost(SOON).until(() -> buyers.answersSince(killed), not(empty()));

        assertThat(told.stream().map(Answer::toBeRepeated).toList(), everyItem(is(true)));
        bringBack(others);
        awaitAcceptedSince(Instant.now());
    }

    @Test
    @Order(3)
    void everyAcceptedOrderHasOneOutcome() {
        buyers.stopPressing();
        await("seed " + SEED).atMost(SOON).until(buyers::allAccepted);
        await().atMost(SOON).until(() -> broker.lag(GROUP, COMMANDS), is(0L));

        assertThat(buyers.odd(), empty());
        Map<Press, String> orders = buyers.orders();
        OrderEvents events = OrderEvents.of(broker, OFFER);
        assertEquals(Set.copyOf(orders.values()), events.outcomes().keySet());
        assertEquals(orders.size(), events.count("order.reserved"));
        assertThat(events.outcomes().values(), everyItem(is(1L)));
        assertThat(events.unequal(), empty());
        int units = orders.keySet().stream().mapToInt(Press::quantity).sum();
        system.origins()
                .forEach(origin -> await().atMost(SOON)
                        .untilAsserted(() -> given().get(origin + "/availability/" + OFFER)
                                .then()
                                .body("reserved", is(units))));
    }

    /** The node that coordinates the others, once it also leads the offer's log and coordinates those who decide. */
    private static int whoLeadsAll() {
        int controller = leaders.controller();
        Set<TopicPartition> partitions = Set.of(offersLog, leaders.offsetsOf(GROUP));
        leaders.askFor(controller, partitions);
        partitions.forEach(partition -> await().atMost(SOON).until(() -> leaders.leaderOf(partition), is(controller)));
        return controller;
    }

    private static void bringBack(Set<Integer> nodes) {
        system.start(nodes);
        await().atMost(SOON).until(() -> leaders.copiesInSync(), everyItem(is(3)));
    }

    private static void awaitAcceptedSince(Instant moment) {
        await("seed " + SEED).atMost(SOON).until(() -> acceptedSince(moment).size(), greaterThan(SOME));
    }

    /** What was pressed since then and is accepted. */
    private static List<Answer> acceptedSince(Instant moment) {
        return buyers.answersSince(moment).stream().filter(Answer::isAcceptance).toList();
    }

    private static Set<String> orders(List<Answer> accepted) {
        return accepted.stream()
                .map(answer -> new JsonObject(answer.body()).getString("orderId"))
                .collect(Collectors.toSet());
    }

    /** More than all buyers together will have. */
    private static void open() throws IOException {
        Path example = Path.of("../../catalog-service/contracts/offer.opened.example.json");
        JsonObject offer = new JsonObject(Files.readString(example))
                .put("offerId", OFFER)
                .put("allotment", 1_000_000)
                .put("perBuyerLimit", 1_000_000);
        offer.remove("closesAt");
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", system.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(Told.event(
                    "offers.v1", "/catalog-service", OFFER, 1, "offer.opened", offer.getString("openedAt"), offer));
        }
    }
}
