package io.livesale.e2e;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.e2e.SteadyBuyers.Press;
import io.livesale.stack.FreePort;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * An upgrade, as Kubernetes rolls it out: one replica after the other is asked to stop (SIGTERM) and another takes its
 * place, while buyers press and pay. Nobody is told anything but that the order is recorded, or to come again, and the
 * ledger has every payment once.
 */
@Tag("long")
class RollingRestartIT {
    private static final Path DATA = Path.of("target", "system", "rolling-" + System.currentTimeMillis(), "data")
            .toAbsolutePath();
    private static final List<String> REPLICAS =
            List.of("order-service", "order-service-2", "payout-service", "payout-service-2");
    private static final int PAID_BETWEEN = 5;
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final long SEED =
            Long.getLong("rolling.seed", ThreadLocalRandom.current().nextLong());

    private static LocalSystem system;

    @BeforeAll
    static void start() {
        system = LocalSystem.start(DATA, FreePort.firstOfTen(), "--order-replicas", "2", "--payout-replicas", "2");
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void nobodyNoticesThatEveryReplicaIsReplaced() {
        String offer = LiveSession.start(system.origin(), "Upgrade").sell("Jar", 1_000_000, Map.of());
        Set<String> paid = new HashSet<>();
        try (SteadyBuyers buyers = new SteadyBuyers(List.of(system.origin()), RollingRestartIT::signIn, offer, SEED);
                Broker broker = new Broker(system.kafka())) {
            for (String replica : REPLICAS) {
                awaitAcceptedSince(Instant.now(), buyers);
                pay(buyers, paid);
                system.replace(replica);
            }
            awaitAcceptedSince(Instant.now(), buyers);
            buyers.stopPressing();
            assertThat("seed " + SEED, buyers.odd(), empty());
            await("seed " + SEED).atMost(SOON).until(buyers::allAccepted);
            await().atMost(SOON).until(() -> broker.lag("order-service.decide", "order-commands.v1"), is(0L));

            OrderEvents events = OrderEvents.of(broker, offer);
            assertEquals(Set.copyOf(buyers.orders().values()), events.outcomes().keySet());
            assertThat(events.outcomes().values(), everyItem(is(1L)));
            assertThat(events.unequal(), empty());
        }
        Person seller = LiveSession.seller(system.origin());
        await().atMost(SOON)
                .untilAsserted(() -> seller.get("/earnings/me/entries?limit=100")
                        .then()
                        .body("items.orderId.toSet()", equalTo(paid)));
    }

    private static String signIn(String buyer) {
        return Person.signIn(system.origin(), buyer, "buyer").token();
    }

    private static void awaitAcceptedSince(Instant moment, SteadyBuyers buyers) {
        await("seed " + SEED)
                .atMost(SOON)
                .until(
                        () -> buyers.answersSince(moment).stream()
                                .filter(SteadyBuyers.Answer::isAcceptance)
                                .count(),
                        greaterThan(50L));
    }

    /** Some of what nobody has paid for yet. */
    private static void pay(SteadyBuyers buyers, Set<String> paid) {
        List<Map.Entry<Press, String>> unpaid = new ArrayList<>(buyers.orders().entrySet());
        unpaid.removeIf(order -> paid.contains(order.getValue()));
        for (Map.Entry<Press, String> order : unpaid.subList(0, PAID_BETWEEN)) {
            Person buyer = new Person(system.origin(), "", order.getKey().token());
            await().atMost(SOON)
                    .untilAsserted(() ->
                            buyer.get("/orders/" + order.getValue()).then().body("status", equalTo("RESERVED")));
            buyer.pay(order.getValue());
            paid.add(order.getValue());
        }
    }
}
