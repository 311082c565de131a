package io.livesale.payout.posting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.payout.Database;
import io.livesale.payout.Events;
import io.livesale.payout.PaidOrders;
import io.livesale.stack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Batches handed to the consumer by hand, so that what is in one batch is certain. */
@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class RefundsTest {
    private static final Instant LATER = Instant.parse("2026-11-25T09:00:00Z");

    @Inject
    OrderEvents orderEvents;

    private final String seller = "seller-" + UUID.randomUUID();
    private final String creator = "creator-" + UUID.randomUUID();

    /** Of 5970 at 500 and 2000 bp, 3980 are left: 199 for the platform, 796 for the creator, 2985 for the seller. */
    @Test
    void takesBackFromEveryPart() throws SQLException {
        long fees = Database.balance("platform:fees", "CNY");
        long clearing = Database.balance("psp-clearing", "CNY");
        PaidOrders order = order();

        consume(order.event(), order.refunded("r1", 1990, LATER));

        assertEquals(2985, pending(seller));
        assertEquals(796, pending(creator));
        assertEquals(199, Database.balance("platform:fees", "CNY") - fees);
        assertEquals(-3980, Database.balance("psp-clearing", "CNY") - clearing);
    }

    @Test
    void leavesNothingOfASaleThatIsRefundedInFull() throws SQLException {
        PaidOrders order = order();

        consume(order.event());
        consume(order.refunded("r1", 1, LATER), order.refunded("r2", 1990, LATER));
        consume(order.refunded("r3", 3979, LATER));

        assertEquals(0, pending(seller));
        assertEquals(0, pending(creator));
        assertEquals(0, ofSale(order, "gross - refunded"));
    }

    @Test
    void postsARefundThatComesBeforeItsSale() throws SQLException {
        PaidOrders order = order();
        PaidOrders sameBatch = order();

        consume(order.refunded("r1", 1990, LATER));
        consume(sameBatch.refunded("r1", 1990, LATER), sameBatch.event(), order.event());

        assertEquals(2 * 2985, pending(seller));
    }

    @Test
    void postsARefundOnceWhateverEventsTellOfIt() throws SQLException {
        PaidOrders order = order();
        ConsumerRecord<byte[], byte[]> refund = order.refunded("r1", 1990, LATER);
        ConsumerRecord<byte[], byte[]> other =
                Events.of(order.orderId() + ".99", "order.refunded", order.refundedJson("r1", 1990, LATER));

        consume(order.event(), refund, refund, other);
        consume(refund, other);

        assertEquals(2985, pending(seller));
    }

    @Test
    void takesBackAPartOfAGift() throws SQLException {
        PaidOrders gift = PaidOrders.gift().creator(creator).total(999, "CNY");

        consume(gift.event(), gift.refunded("r1", 998, LATER));

        assertEquals(0, pending(creator));
        assertEquals(1, ofSale(gift, "gross - refunded"));
    }

    @Test
    void refusesMoreThanIsLeftAndPostsItsNeighbours() throws SQLException {
        PaidOrders order = order();
        PaidOrders neighbour = order();

        consume(
                order.event(),
                neighbour.event(),
                order.refunded("r1", 5000, LATER),
                order.refunded("r2", 971, LATER.plusSeconds(1)),
                neighbour.refunded("r1", 5970, LATER),
                order.refunded("r3", 970, LATER.plusSeconds(2)));

        assertEquals(0, pending(seller));
        assertEquals("more than is left of the sale: 970", refused(order, "r2"));
    }

    @Test
    void refusesARefundInAnotherCurrency() throws SQLException {
        PaidOrders order = order();
        String dollars = order.refundedJson("r1", 1990, LATER).replace("CNY", "USD");

        consume(order.event(), Events.of(order.orderId() + ".9", "order.refunded", dollars));

        assertEquals(4478, pending(seller));
        assertEquals("the sale was in CNY", refused(order, "r1"));
    }

    @Test
    void keepsTheSaleAsItWasAndWhatWasTakenBackBesideIt() throws SQLException {
        PaidOrders order = order();

        consume(order.event(), order.refunded("r1", 1990, LATER));

        assertEquals(298, ofSale(order, "fee"));
        assertEquals(99, ofSale(order, "fee_reversed"));
        assertEquals(398, ofSale(order, "commission_reversed"));
        assertEquals(1493, ofSale(order, "net_reversed"));
    }

    /** A zombie of a consumer writes the sales while its successor writes what followed them, and the reverse. */
    @Test
    void twoConsumersWithAHalfOfEachOrderMissNothing() throws SQLException {
        for (int round = 0; round < 50; round++) {
            List<PaidOrders> orders = Stream.generate(this::order).limit(20).toList();

            Uni.join()
                    .all(
                            events(orders.stream().map(PaidOrders::event)),
                            events(orders.stream().map(order -> order.refunded("r1", 5970, LATER))))
                    .andFailFast()
                    .await()
                    .atMost(Duration.ofSeconds(30));

            assertEquals(0, pending(seller), "round " + round);
        }
    }

    private PaidOrders order() {
        return PaidOrders.sale().seller(seller).creator(creator);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private void consume(ConsumerRecord<byte[], byte[]>... events) {
        events(Stream.of(events)).await().atMost(Duration.ofSeconds(30));
    }

    private Uni<Void> events(Stream<ConsumerRecord<byte[], byte[]>> events) {
        return orderEvents.consume(Events.batch(events.toList()));
    }

    private static long pending(String userId) throws SQLException {
        return Database.balance("party:" + userId + ":pending", "CNY");
    }

    private static long ofSale(PaidOrders order, String amount) throws SQLException {
        return Database.number("SELECT " + amount + " FROM sale JOIN order_standing USING (order_id)"
                + " WHERE order_id = '" + order.orderId() + "'");
    }

    private static String refused(PaidOrders order, String refundId) throws SQLException {
        return Database.text("SELECT refused FROM refund WHERE order_id = '" + order.orderId() + "' AND refund_id = '"
                + refundId + "'");
    }
}
