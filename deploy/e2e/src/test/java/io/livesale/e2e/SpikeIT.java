package io.livesale.e2e;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.e2e.LocalSystem.Spike;
import io.livesale.stack.FreePort;
import io.livesale.stack.KafkaBroker;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Crowds storm an offer, and the replica that decides it is killed in the middle. Promises I1, I2, I3 and I6 hold all the
 * same: as the viewers see it, in the events, and in the tables after the whole log was read once more. Some
 * thousand presses in every build; more by hand: {@code -Dit.test=SpikeIT -Dspike.presses=100000}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(1)
class SpikeIT {
    /** A viewer presses twice, and every other press finds a unit. */
    private static final int PRESSES = Integer.getInteger("spike.presses", 6_000);

    private static final Path DATA = Path.of("target", "system", "spike-" + System.currentTimeMillis(), "data")
            .toAbsolutePath();
    private static final int PORT = FreePort.firstOfTen();
    private static final String GROUP = "order-service.decide";
    private static final String COMMANDS = "order-commands.v1";
    private static final Duration SOON = Duration.ofMinutes(3);
    /** Before the first viewer presses, all sign in, each with a signature: for most of the time, if they are many. */
    private static final Duration SIGNED_IN = Duration.ofMinutes(10);

    private static LocalSystem system;
    private static Broker broker;

    @BeforeAll
    static void startWithTheClassicProtocol() {
        start("Classic");
    }

    @AfterAll
    static void stop() {
        broker.close();
        system.close();
    }

    @Test
    @Order(1)
    void aReplicaKilledInASpikeLosesAndDoublesNothing() {
        stormAndKill(PRESSES, PRESSES / 2, PRESSES / 2);
    }

    @Test
    @Order(2)
    void theWholeLogReadOnceMoreChangesNothing() throws SQLException {
        StoredRows stored = StoredRows.of(system);
        OrderEvents sent = OrderEvents.of(broker);

        stop();
        forgetHowFarTheLogIsRead();
        start("Consumer");
        await().atMost(SOON).until(() -> broker.lag(GROUP, COMMANDS), is(0L));

        OrderEvents sentAgain = OrderEvents.of(broker);
        assertEquals(stored, StoredRows.of(system));
        assertEquals(sent.copies().keySet(), sentAgain.copies().keySet());
        assertThat(sentAgain.copiesOfEach(), everyItem(greaterThanOrEqualTo(2)));
        assertThat(sentAgain.unequal(), empty());
    }

    @Test
    @Order(3)
    void theNewGroupProtocolKeepsTheSamePromises() {
        assertEquals("Consumer", broker.protocolOf(GROUP));

        stormAndKill(5_000, 2_500, 4_500);
    }

    /** Every viewer may have two units, and presses twice for one. */
    private static void stormAndKill(int presses, int viewers, int units) {
        CompletableFuture<Spike> storm = CompletableFuture.supplyAsync(
                () -> system.spike("--units", "" + units, "--orders", "" + presses, "--buyers", "" + viewers));
        String offer = offerOf(units);
        TopicPartition partition = broker.partitionOf(offer, COMMANDS);
        await().atMost(SIGNED_IN)
                .pollInterval(Duration.ofMillis(50))
                .failFast("the storm is over", storm::isDone)
                .until(() -> reserved(offer), greaterThanOrEqualTo(units / 10));
        String decider = replicaWith(partition);

        system.kill(decider);

        assertThat("interrupted", reserved(offer), lessThan(units));
        Spike spike = storm.join();
        assertEquals(0, spike.exitCode(), spike.output());
        assertEquals(units, reserved(offer));
        OrderEvents events = OrderEvents.of(broker, offer);
        assertEquals(units, events.count("order.reserved"));
        assertEquals(spike.figure("accepted"), events.outcomes().size());
        assertThat(events.outcomes().values(), everyItem(is(1L)));
        assertThat(events.unequal(), empty());
        await().atMost(SOON).until(() -> system.isBack(decider));
    }

    private static void start(String protocol) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "ORDER_PROCESSING_GROUP_PROTOCOL",
                protocol,
                // No reservation runs out between two looks at the tables, however slow the machine.
                "ORDER_PAYMENT_WINDOW",
                "PT24H"));
        if (PRESSES > 10_000) {
            settings.putAll(LocalSystem.COMPILED_WELL);
        }
        system = LocalSystem.start(DATA, PORT, settings, "--order-replicas", "2");
        broker = new Broker(system.kafka());
    }

    private static void forgetHowFarTheLogIsRead() {
        try (KafkaBroker kafka = KafkaBroker.start(DATA.resolve("kafka"), PORT);
                Broker emptied = new Broker(kafka.bootstrapServers())) {
            assertEquals(0, emptied.lag(GROUP, COMMANDS));
            emptied.forget(GROUP);
        }
    }

    /** The offer of so many units that the spike opens for itself. */
    private static String offerOf(int units) {
        String offer = "items[0].offers.find { it.allotment == " + units + " }?.offerId";
        return await().atMost(SOON)
                .until(
                        () -> given().get(system.origin() + "/sessions?status=LIVE")
                                .path(offer),
                        notNullValue());
    }

    /** Units that are reserved; none of an offer that is not open yet. */
    private static int reserved(String offer) {
        Integer reserved =
                given().get(system.origin() + "/availability/" + offer).path("reserved");
        return reserved == null ? 0 : reserved;
    }

    /** The replica that was given this partition last, as the replicas' logs tell. */
    private static String replicaWith(TopicPartition partition) {
        return Stream.of("order-service", "order-service-2")
                .max(Comparator.comparing(replica -> lastAssignment(system.log(replica), partition)))
                .orElseThrow();
    }

    /** The log's line, which begins with the time; empty when there is none. */
    private static String lastAssignment(String log, TopicPartition partition) {
        return log.lines()
                .filter(line -> line.matches(".* partitions assigned .*" + partition + "[,\\]].*"))
                .reduce("", (earlier, later) -> later);
    }
}
