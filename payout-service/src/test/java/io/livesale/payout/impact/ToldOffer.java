package io.livesale.payout.impact;

import io.livesale.payout.Events;
import io.livesale.payout.OrderTopic;
import io.livesale.payout.PaidOrders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** An offer, told of as catalog-service and order-service tell of theirs: a product from a designated county. */
final class ToldOffer {
    static final String OFFERS = "offers.v1";
    static final String SALES = "offer-sales.v1";
    /** Where products come from: a county for which no other test sets a fee programme. */
    static final String COUNTY = "632622";

    final UUID offerId = UUID.randomUUID();
    private final UUID sessionId;
    private final String creator;
    private boolean gift;
    private boolean designated = true;
    private String home = "\"creatorCounty\": \"610726\", \"creatorCountyDesignated\": false,";
    private String currency = "CNY";
    private Instant openedAt = Instant.parse("2026-11-21T12:00:00Z");
    private int version;

    ToldOffer(UUID sessionId, String creator) {
        this.sessionId = sessionId;
        this.creator = creator;
    }

    ToldOffer gift() {
        gift = true;
        return this;
    }

    ToldOffer undesignated() {
        designated = false;
        return this;
    }

    ToldOffer creatorFrom(String county, boolean designated) {
        home = "\"creatorCounty\": \"%s\", \"creatorCountyDesignated\": %s,".formatted(county, designated);
        return this;
    }

    ToldOffer creatorFromNowhere() {
        home = "";
        return this;
    }

    ToldOffer currency(String currency) {
        this.currency = currency;
        return this;
    }

    ToldOffer openedAt(Instant openedAt) {
        this.openedAt = openedAt;
        return this;
    }

    String openedJson() {
        String product = """
                "productId": "%s", "sellerId": "someone", "county": "%s", "countyDesignated": %s, "allotment": 100,
                "settlementProfile": "STANDARD",
                """.formatted(offerId, COUNTY, designated);
        return """
                {"offerId": "%s", "sessionId": "%s", "creatorId": "%s", "kind": "%s", "title": "Paste", %s %s
                 "price": {"amount": 1990, "currency": "%s"}, "commissionBasisPoints": 2000, "status": "OPEN",
                 "openedAt": "%s", "version": 1}
                """.formatted(
                offerId, sessionId, creator, gift ? "GIFT" : "PRODUCT", gift ? "" : product, home, currency, openedAt);
    }

    ConsumerRecord<byte[], byte[]> opened() {
        return event(OFFERS, "offer.opened", openedJson());
    }

    /** @param remaining absent for a gift */
    String figuresJson(@Nullable Integer remaining, int orders, Instant at) {
        version++;
        return """
                {"offerId": "%s", "status": "OPEN", %s "reserved": 0, "sold": 0, "orders": %d, "gross": 0,
                 "commission": 0, "version": %d, "at": "%s"}
                """.formatted(
                        offerId, remaining == null ? "" : "\"remaining\": " + remaining + ",", orders, version, at);
    }

    ConsumerRecord<byte[], byte[]> figures(@Nullable Integer remaining, int orders, Instant at) {
        return event(SALES, "offer.sales-changed", figuresJson(remaining, orders, at));
    }

    /** An order of this offer that was paid. */
    PaidOrders order() {
        PaidOrders order = gift ? PaidOrders.gift() : PaidOrders.sale().county(COUNTY);
        return order.offer(offerId, sessionId).creator(creator);
    }

    static ConsumerRecord<byte[], byte[]> event(String topic, String type, @Nullable String json) {
        ConsumerRecord<byte[], byte[]> event =
                new ConsumerRecord<>(topic, 0, 0, Events.utf8("key"), json == null ? null : Events.utf8(json));
        event.headers().add("ce_specversion", Events.utf8("1.0")).add("ce_type", Events.utf8(type));
        return event;
    }

    /** As a consumer gets them, all of one topic. */
    static ConsumerRecords<byte[], byte[]> batch(List<ConsumerRecord<byte[], byte[]>> events) {
        return new ConsumerRecords<>(Map.of(new TopicPartition(events.get(0).topic(), 0), events), Map.of());
    }

    /** The records keep their order within a topic. */
    static void send(List<ConsumerRecord<byte[], byte[]>> events) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", OrderTopic.brokers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            events.forEach(event -> producer.send(
                    new ProducerRecord<>(event.topic(), null, event.key(), event.value(), event.headers())));
        }
    }
}
