package io.livesale.payout.posting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.livesale.payout.Events;
import io.livesale.payout.OrderPaid;
import io.livesale.payout.PaidOrders;
import io.livesale.payout.SettlementProfile;
import io.livesale.payout.posting.Reading.Paid;
import io.livesale.payout.posting.Reading.Skipped;
import io.livesale.payout.posting.Reading.Unreadable;
import io.livesale.stack.EventContract;
import io.livesale.stack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class OrderEventReaderTest {
    @Inject
    OrderEventReader reader;

    @Test
    void readsTheProducersExample() {
        String example = EventContract.of("order-service", "order.paid").example();

        OrderPaid order = paid(example).order();

        assertEquals("611026", order.county());
        assertEquals(5970, order.total().amount());
        assertEquals("zhashui-coop", order.sellerId());
        assertEquals("xiaomei", order.creatorId());
        assertEquals(2000, order.commissionBasisPoints());
        assertEquals(SettlementProfile.STANDARD, order.settlementProfile());
    }

    @Test
    void testOrdersKeepTheProducersContract() {
        EventContract contract = EventContract.of("order-service", "order.paid");

        assertEquals(0, contract.violations(PaidOrders.sale().json()).size());
        assertEquals(0, contract.violations(PaidOrders.gift().json()).size());
    }

    @Test
    void ignoresFieldsItDoesNotKnow() {
        PaidOrders order = PaidOrders.sale();

        Paid paid = paid(order.json().replaceFirst("\\{", "{\"loyaltyPoints\": [1, {\"a\": null}], "));

        assertEquals(order.order(), paid.order());
    }

    @Test
    void skipsWhatIsNoPaymentWithoutReadingIt() {
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

    private Paid paid(String json) {
        return assertInstanceOf(Paid.class, reader.read(Events.of("o.3", "order.paid", json)));
    }
}
