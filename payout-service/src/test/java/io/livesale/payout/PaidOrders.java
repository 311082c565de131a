package io.livesale.payout;

import java.time.Instant;
import java.util.Currency;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Makes paid orders for tests: DOMAIN.md's worked example unless told otherwise, a new order each time. */
public final class PaidOrders {
    private UUID orderId = UUID.randomUUID();
    private UUID offerId = UUID.randomUUID();
    private UUID sessionId = UUID.randomUUID();
    private SaleKind kind = SaleKind.PRODUCT;
    private long total = 5970;
    private String currency = "CNY";
    private @Nullable String seller = "someone";
    private String creator = "someone-else";
    private @Nullable String county;
    private int commission = 2000;
    private @Nullable SettlementProfile profile;
    private Instant at = Instant.parse("2026-11-21T12:03:20Z");
    private @Nullable String eventId;

    private PaidOrders() {}

    public static PaidOrders sale() {
        return new PaidOrders();
    }

    public static PaidOrders gift() {
        PaidOrders gift = new PaidOrders();
        gift.kind = SaleKind.GIFT;
        gift.seller = null;
        gift.commission = 5000;
        return gift;
    }

    public PaidOrders orderId(UUID orderId) {
        this.orderId = orderId;
        return this;
    }

    public PaidOrders offer(UUID offerId, UUID sessionId) {
        this.offerId = offerId;
        this.sessionId = sessionId;
        return this;
    }

    public PaidOrders total(long total, String currency) {
        this.total = total;
        this.currency = currency;
        return this;
    }

    public PaidOrders seller(String seller) {
        this.seller = seller;
        return this;
    }

    public PaidOrders creator(String creator) {
        this.creator = creator;
        return this;
    }

    public PaidOrders county(String county) {
        this.county = county;
        return this;
    }

    public PaidOrders commission(int basisPoints) {
        this.commission = basisPoints;
        return this;
    }

    public PaidOrders profile(SettlementProfile profile) {
        this.profile = profile;
        return this;
    }

    public PaidOrders at(Instant at) {
        this.at = at;
        return this;
    }

    public PaidOrders eventId(String eventId) {
        this.eventId = eventId;
        return this;
    }

    public UUID orderId() {
        return orderId;
    }

    public OrderPaid order() {
        return new OrderPaid(
                orderId,
                offerId,
                sessionId,
                kind,
                3,
                new Money(total, Currency.getInstance(currency)),
                seller,
                creator,
                county,
                commission,
                profile,
                at);
    }

    public String json() {
        return """
                {"orderId": "%s", "offerId": "%s", "sessionId": "%s", "kind": "%s", "buyerId": "lin", "quantity": 3,
                 "total": {"amount": %d, "currency": "%s"}, "paymentId": "%s", %s "creatorId": "%s", %s
                 %s "commissionBasisPoints": %d, "at": "%s"}
                """.formatted(
                        orderId,
                        offerId,
                        sessionId,
                        kind,
                        total,
                        currency,
                        orderId,
                        seller == null ? "" : "\"sellerId\": \"" + seller + "\",",
                        creator,
                        county == null ? "" : "\"county\": \"" + county + "\",",
                        profile == null ? "" : "\"settlementProfile\": \"" + profile + "\",",
                        commission,
                        at);
    }

    public ConsumerRecord<byte[], byte[]> event() {
        return Events.of(eventId == null ? orderId + ".3" : eventId, "order.paid", json());
    }

    public String deliveredJson(Instant at) {
        return later("\"completeAt\": \"" + at + "\",", at);
    }

    public ConsumerRecord<byte[], byte[]> delivered(Instant at) {
        return Events.of(orderId + ".5", "order.delivered", deliveredJson(at));
    }

    public String completedJson(Instant at) {
        return later("", at);
    }

    public ConsumerRecord<byte[], byte[]> completed(Instant at) {
        return Events.of(orderId + ".6", "order.completed", completedJson(at));
    }

    /** @param amount in minor units of the order's currency */
    public String refundedJson(String refundId, long amount, Instant at) {
        return later("""
                "paymentId": "%s", "refundId": "%s", "amount": {"amount": %d, "currency": "%s"},
                "left": {"amount": 0, "currency": "%s"}, "restockedUnits": 0, "reason": "broken",
                """.formatted(orderId, refundId, amount, currency, currency), at);
    }

    public ConsumerRecord<byte[], byte[]> refunded(String refundId, long amount, Instant at) {
        return Events.of(orderId + "." + refundId, "order.refunded", refundedJson(refundId, amount, at));
    }

    private String later(String facts, Instant at) {
        return """
                {"orderId": "%s", "offerId": "%s", "buyerId": "lin", %s "at": "%s"}
                """.formatted(orderId, offerId, facts, at);
    }
}
