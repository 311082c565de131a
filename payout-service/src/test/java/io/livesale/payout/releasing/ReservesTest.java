package io.livesale.payout.releasing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.payout.Account.Party;
import io.livesale.payout.Account.Stage;
import io.livesale.payout.Database;
import io.livesale.payout.MovableClock;
import io.livesale.payout.OrderTopic;
import io.livesale.payout.PaidOrders;
import io.livesale.payout.Reserving;
import io.livesale.stack.StackResource;
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
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A tenth of each release is held back for thirty days; timers take seven orders at a time. */
@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
@TestProfile(Reserving.class)
class ReservesTest {
    private static final int ORDERS = 20;
    private static final Instant DELIVERED = Instant.parse("2026-11-24T10:30:00Z");
    private static final Instant RELEASED = DELIVERED.plus(Duration.ofDays(7));
    private static final Instant FREED = RELEASED.plus(Duration.ofDays(30));

    @Inject
    Releases releases;

    @Inject
    Reserves reserves;

    @Inject
    MovableClock clock;

    private final String seller = "seller-" + UUID.randomUUID();
    private final String creator = "creator-" + UUID.randomUUID();

    @BeforeEach
    void stopTheClock() {
        clock.moveTo(DELIVERED);
    }

    @AfterEach
    void letTheClockRun() {
        clock.run();
    }

    /** Of 4478 and 1194 each tenth is rounded down by order: 447 and 119. */
    @Test
    void holdsBackItsShareOfEachReleaseForItsTime() throws SQLException {
        tell(ORDERS);

        clock.moveTo(RELEASED);
        releaseTwiceAtOnce();
        await().untilAsserted(() -> assertEquals(ORDERS * 447L, balance(seller, Stage.RESERVED)));
        assertEquals(ORDERS * (4478L - 447), balance(seller, Stage.AVAILABLE));
        assertEquals(ORDERS * 119L, balance(creator, Stage.RESERVED));
        assertEquals(0, balance(seller, Stage.PENDING));

        clock.moveTo(FREED.minusMillis(1));
        reserves.free().await().atMost(Duration.ofSeconds(10));
        assertEquals(ORDERS * 447L, balance(seller, Stage.RESERVED));

        clock.moveTo(FREED);
        freeTwiceAtOnce();
        await().untilAsserted(() -> assertEquals(ORDERS * 4478L, balance(seller, Stage.AVAILABLE)));
        assertEquals(0, balance(seller, Stage.RESERVED));
        assertEquals(ORDERS * 1194L, balance(creator, Stage.AVAILABLE));
        assertEquals(0, balance(creator, Stage.RESERVED));
    }

    @Test
    void leavesTheReserveAloneWhenALateRefundComes() throws SQLException {
        PaidOrders order = tell(1).get(0);
        clock.moveTo(RELEASED);
        await().untilAsserted(() -> assertEquals(447, balance(seller, Stage.RESERVED)));

        OrderTopic.send(List.of(order.refunded("r1", 5970, RELEASED)));
        await().untilAsserted(() -> assertEquals(-447, balance(seller, Stage.AVAILABLE)));
        assertEquals(447, balance(seller, Stage.RESERVED));

        clock.moveTo(FREED);
        await().untilAsserted(() -> assertEquals(0, balance(seller, Stage.AVAILABLE)));
        assertEquals(0, balance(seller, Stage.RESERVED));
    }

    private void releaseTwiceAtOnce() {
        Uni.join()
                .all(releases.release(), releases.release())
                .andFailFast()
                .await()
                .atMost(Duration.ofSeconds(30));
    }

    private void freeTwiceAtOnce() {
        Uni.join().all(reserves.free(), reserves.free()).andFailFast().await().atMost(Duration.ofSeconds(30));
    }

    /** Returns when it is known when they are due. */
    private List<PaidOrders> tell(int count) {
        List<PaidOrders> orders = new ArrayList<>();
        List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            PaidOrders order = PaidOrders.sale().seller(seller).creator(creator);
            orders.add(order);
            events.addAll(List.of(order.event(), order.delivered(DELIVERED), order.completed(DELIVERED)));
        }
        OrderTopic.send(events);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertEquals(
                        count,
                        Database.number("SELECT count(*) FROM order_standing JOIN sale USING (order_id)"
                                + " WHERE release_at IS NOT NULL AND seller_id = '" + seller + "'")));
        return orders;
    }

    private static long balance(String userId, Stage stage) throws SQLException {
        return Database.balance(new Party(userId, stage).accountName(), "CNY");
    }
}
