package io.livesale.payout.posting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.livesale.payout.Events;
import io.livesale.payout.Money;
import io.livesale.payout.OrderEvent;
import io.livesale.payout.OrderEvent.Completed;
import io.livesale.payout.OrderEvent.Delivered;
import io.livesale.payout.OrderEvent.Refunded;
import io.livesale.payout.OrderPaid;
import io.livesale.payout.PaidOrders;
import io.livesale.payout.SettlementProfile;
import io.livesale.payout.posting.Reading.Skipped;
import io.livesale.payout.posting.Reading.Told;
import io.livesale.payout.posting.Reading.Unreadable;
import io.livesale.stack.EventContract;
import io.livesale.stack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class OrderEventReaderTest {
    private static final UUID ORDER = UUID.fromString("0b7a4a6e-6f0e-5a67-9c63-5e1f0a4f3a11");

    @Inject
    OrderEventReader reader;

    @Test
    void readsTheProducersExample() {
        String example = EventContract.of("order-service", "order.paid").example();

        OrderPaid order = paid(example);

        assertEquals("611026", order.county());
        assertEquals(5970, order.total().amount());
        assertEquals("zhashui-coop", order.sellerId());
        assertEquals("xiaomei", order.creatorId());
        assertEquals(2000, order.commissionBasisPoints());
        assertEquals(SettlementProfile.STANDARD, order.settlementProfile());
    }

    @Test
    void readsTheProducersExamplesOfWhatFollows() {
        Money amount = new Money(1990, Currency.getInstance("CNY"));

        assertEquals(
                new Refunded(ORDER, "broken-jar-1", amount, "zhashui-coop", Instant.parse("2026-11-25T09:00:00Z")),
                example("order.refunded"));
        assertEquals(new Delivered(ORDER, Instant.parse("2026-11-24T10:30:00Z")), example("order.delivered"));
        assertEquals(new Completed(ORDER, Instant.parse("2026-12-01T10:30:00.4Z")), example("order.completed"));
    }

    @Test
    void testOrdersKeepTheProducersContract() {
        PaidOrders sale = PaidOrders.sale().profile(SettlementProfile.EXPRESS);

        assertKept("order.paid", sale.json());
        assertKept("order.paid", PaidOrders.gift().json());
        assertKept("order.refunded", sale.refundedJson("r1", 1, Instant.EPOCH));
        assertKept("order.delivered", sale.deliveredJson(Instant.EPOCH));
        assertKept("order.completed", sale.completedJson(Instant.EPOCH));
    }

    @Test
    void ignoresFieldsItDoesNotKnow() {
        PaidOrders order = PaidOrders.sale();

        OrderPaid paid = paid(order.json().replaceFirst("\\{", "{\"loyaltyPoints\": [1, {\"a\": null}], "));

        assertEquals(order.order(), paid);
    }

    @Test
    void skipsWhatIsNotAboutMoneyWithoutReadingIt() {
        assertInstanceOf(Skipped.class, reader.read(Events.of("o.1", "order.teleported", "not JSON")));
    }

    @Test
    void setsAsideWhatIsNoCloudEvent() {
        ConsumerRecord<byte[], byte[]> noId = PaidOrders.sale().event();
        noId.headers().remove("ce_id");
        ConsumerRecord<byte[], byte[]> noType = PaidOrders.sale().event();
        noType.headers().remove("ce_type");

        assertInstanceOf(Unreadable.class, reader.read(noId));
        assertInstanceOf(Unreadable.class, reader.read(noType));
        assertInstanceOf(Unreadable.class, reader.read(Events.bare("{}")));
    }

    @Test
    void setsAsideATombstone() {
        ConsumerRecord<byte[], byte[]> tombstone = new ConsumerRecord<>("orders.v1", 0, 0, new byte[0], null);
        tombstone.headers().add("ce_id", Events.utf8("o.1")).add("ce_type", Events.utf8("order.paid"));

        assertInstanceOf(Unreadable.class, reader.read(tombstone));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            5970              | -1
            5970              | 59.7
            5970              | "5970"
            5970              | null
            5970              | 99999999999999999999
            "CNY"             | "RMB"
            "CNY"             | 156
            "quantity": 3     | "quantity": 0
            "quantity": 3     | "quantity": "3"
            "quantity": 3     | "quantity": 3, "quantity": 4
            "PRODUCT"         | "SUBSCRIPTION"
            "PRODUCT"         | 0
            "PRODUCT"         | "GIFT"
            "someone-else"    | ""
            "someone"         | ""
            "sellerId"        | "vendorId"
            "creatorId"       | "streamerId"
            "total"           | "sum"
            "creatorId"       | "settlementProfile": "", "creatorId"
            "creatorId"       | "settlementProfile": 0, "creatorId"
            "2026-11-21T12:03:20Z" | ""
            "someone-else"    | 7
            Points": 2000     | Points": 10001
            Points": 2000     | Points": -1
            "2026-11-21       | "+12026-11-21
            "2026-11-21T12:03:20Z" | 1795000000
            "2026-11-21       | "21.11.2026
            """)
    void setsAsideWhatCannotBeAPaidOrder(String right, String wrong) {
        String json = PaidOrders.sale().json();

        Reading reading = reader.read(Events.of("o.1", "order.paid", json.replace(right, wrong)));

        assertInstanceOf(Unreadable.class, reading);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''", "null", "[]", "{", "7"})
    void setsAsideWhatIsNoObject(String json) {
        assertInstanceOf(Unreadable.class, reader.read(Events.of("o.1", "order.paid", json)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            1990              | 0
            1990              | -1
            1990              | "1990"
            "CNY"             | "RMB"
            "r1"              | ""
            "r1"              | null
            "refundId"        | "refund"
            "orderId"         | "order"
            "2026-11-25       | "+12026-11-25
            "at"              | "when"
            """)
    void setsAsideWhatCannotBeARefund(String right, String wrong) {
        String json = PaidOrders.sale().refundedJson("r1", 1990, Instant.parse("2026-11-25T09:00:00Z"));

        Reading reading = reader.read(Events.of("o.1", "order.refunded", json.replace(right, wrong)));

        assertInstanceOf(Unreadable.class, reading);
    }

    @ParameterizedTest
    @ValueSource(strings = {"order.delivered", "order.completed"})
    void setsAsideWhatHappenedToNoOrderOrAtNoTime(String type) {
        String json = PaidOrders.sale().completedJson(Instant.EPOCH);

        assertInstanceOf(Told.class, reader.read(Events.of("o.1", type, json)));
        assertInstanceOf(Unreadable.class, reader.read(Events.of("o.1", type, json.replace("orderId", "order"))));
        assertInstanceOf(Unreadable.class, reader.read(Events.of("o.1", type, json.replace("\"at\"", "\"when\""))));
    }

    private OrderEvent example(String type) {
        String json = EventContract.of("order-service", type).example();
        return assertInstanceOf(Told.class, reader.read(Events.of("o.5", type, json)))
                .event();
    }

    private OrderPaid paid(String json) {
        Told told = assertInstanceOf(Told.class, reader.read(Events.of("o.3", "order.paid", json)));
        return assertInstanceOf(OrderPaid.class, told.event());
    }

    private static void assertKept(String type, String json) {
        assertEquals(List.of(), EventContract.of("order-service", type).violations(json));
    }
}
