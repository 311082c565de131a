package io.livesale.e2e.faults;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What DOMAIN.md makes of the command log, one command after the other, in plain maps: promise I5's reference. Shares no
 * code with order-service and knows neither batches, nor partitions, nor repeats.
 */
final class OrderModel {
    private static final Set<String> WITHOUT_UNITS = Set.of("REJECTED", "EXPIRED", "CANCELLED");
    /** What a sale takes over from its offer: payout-service divides the money by nothing else. */
    private static final List<String> SALE_TERMS = List.of(
            "sessionId",
            "productId",
            "kind",
            "sellerId",
            "creatorId",
            "county",
            "commissionBasisPoints",
            "settlementProfile");

    private static final Set<String> REFUNDABLE = Set.of("PAID", "SHIPPED", "DELIVERED", "COMPLETED");

    /** An offer's stock. */
    static final class Offer {
        private final JsonObject terms;
        private boolean open;
        private long reserved;
        private long sold;
        private long orders;
        private long gross;
        private long commission;
        private long version = 1;

        private Offer(JsonObject terms, boolean open) {
            this.terms = terms;
            this.open = open;
        }

        private long price() {
            return terms.getJsonObject("price").getLong("amount");
        }

        private JsonObject money(long amount) {
            return JsonObject.of(
                    "amount", amount, "currency", terms.getJsonObject("price").getString("currency"));
        }

        /** What one order leaves in it changes; its commission is rounded down each time. */
        private void takes(long before, long after) {
            long share = terms.getLong("commissionBasisPoints");
            gross += after - before;
            commission += after * share / 10_000 - before * share / 10_000;
        }

        private boolean isGift() {
            return terms.getString("kind").equals("GIFT");
        }

        private boolean has(int units) {
            Integer allotment = terms.getInteger("allotment");
            return allotment == null || allotment - reserved - sold >= units;
        }

        private boolean takesOrdersAt(Instant at) {
            String closesAt = terms.getString("closesAt");
            return open && (closesAt == null || at.isBefore(Instant.parse(closesAt)));
        }

        @Override
        public String toString() {
            return (open ? "OPEN" : "CLOSED") + " reserved=" + reserved + " sold=" + sold + " orders=" + orders
                    + " gross=" + gross + " commission=" + commission + " version=" + version;
        }
    }

    /** An order's state. */
    static final class Order {
        private final String id;
        private final String offerId;
        private final String buyer;
        private final int quantity;
        private final Map<String, Boolean> refunds = new HashMap<>();
        private String status;
        private @Nullable String reason;
        private @Nullable Long total;
        private @Nullable Long left;
        private @Nullable String paymentId;
        private @Nullable Instant payBy;
        private @Nullable Instant completeAt;
        private long restockedAmount;
        private int restockedUnits;
        private int sequence;

        private Order(JsonObject place, String status) {
            this.id = place.getString("orderId");
            this.offerId = place.getString("offerId");
            this.buyer = place.getString("buyerId");
            this.quantity = place.getInteger("quantity");
            this.status = status;
        }

        @Override
        public String toString() {
            return status + " reason=" + reason + " offer=" + offerId + " buyer=" + buyer + " quantity=" + quantity
                    + " total=" + total + " payment=" + paymentId + " sequence=" + sequence;
        }
    }

    private final Duration paymentWindow;
    private final Duration afterSalesWindow;
    private final Map<String, Offer> offers = new TreeMap<>();
    private final Map<String, Order> orders = new TreeMap<>();
    private final Map<String, Integer> units = new TreeMap<>();
    private final Map<String, JsonObject> events = new TreeMap<>();
    private final Map<String, List<Long>> returns = new TreeMap<>();

    OrderModel(Duration paymentWindow, Duration afterSalesWindow) {
        this.paymentWindow = paymentWindow;
        this.afterSalesWindow = afterSalesWindow;
    }

    /** Offers by id, in words. */
    Map<String, String> offers() {
        return inWords(offers);
    }

    /** Orders by id, in words. */
    Map<String, String> orders() {
        return inWords(orders);
    }

    /** Units that buyers hold of offers with a limit, by {@code offer/buyer}. */
    Map<String, Integer> units() {
        return units;
    }

    /** The events to be told, by their ids: each its type and whatever of it follows from the log. */
    Map<String, JsonObject> events() {
        return events;
    }

    /** What goes back to the buyer, in fen, by order: a part of what was paid, or all of what was paid too late. */
    Map<String, List<Long>> returns() {
        return returns;
    }

    private static Map<String, String> inWords(Map<String, ?> all) {
        Map<String, String> words = new TreeMap<>();
        all.forEach((id, one) -> words.put(id, one.toString()));
        return words;
    }

    /** Takes the log's next command of this partition. */
    void take(String type, JsonObject command) {
        Instant at = Instant.parse(command.getString("at"));
        switch (type) {
            case "open-offer" -> {
                JsonObject terms = command.getJsonObject("terms");
                offers.putIfAbsent(terms.getString("offerId"), new Offer(terms, true));
            }
            case "close-offer" -> close(command.getJsonObject("terms"));
            case "place-order" -> place(command, at);
            default -> change(type, command, at);
        }
    }

    private void close(JsonObject terms) {
        Offer offer = offers.get(terms.getString("offerId"));
        if (offer == null) {
            offers.put(terms.getString("offerId"), new Offer(terms, false));
        } else if (offer.open) {
            offer.open = false;
            offer.version++;
        }
    }

    private void place(JsonObject place, Instant at) {
        if (orders.containsKey(place.getString("orderId"))) {
            return;
        }
        Offer offer = offers.get(place.getString("offerId"));
        String refusal = offer == null ? "OFFER_UNKNOWN" : refusal(offer, place, at);
        Order order = new Order(place, refusal == null ? "RESERVED" : "REJECTED");
        orders.put(order.id, order);
        order.reason = refusal;
        if (offer != null) {
            offer.version++;
            offer.orders++;
            order.total = offer.price() * order.quantity;
            order.left = order.total;
        }
        if (refusal == null) {
            order.payBy = at.plus(paymentWindow);
            offer.reserved += order.quantity;
            hold(offer, order, order.quantity);
            tell(order, "order.reserved", ordered(order, offer));
        } else {
            tell(order, "order.rejected", JsonObject.of("quantity", order.quantity, "reason", refusal));
        }
    }

    private @Nullable String refusal(Offer offer, JsonObject place, Instant at) {
        if (!offer.takesOrdersAt(at)) {
            return "OFFER_CLOSED";
        }
        int quantity = place.getInteger("quantity");
        Integer limit = offer.terms.getInteger("perBuyerLimit");
        String holder = place.getString("offerId") + "/" + place.getString("buyerId");
        if (limit != null && units.getOrDefault(holder, 0) + quantity > limit) {
            return "LIMIT_EXCEEDED";
        }
        return offer.has(quantity) ? null : "SOLD_OUT";
    }

    private void hold(Offer offer, Order order, int more) {
        if (more != 0 && offer.terms.getInteger("perBuyerLimit") != null) {
            units.merge(order.offerId + "/" + order.buyer, more, Integer::sum);
        }
    }

    private void change(String type, JsonObject command, Instant at) {
        Order order = orders.get(command.getString("orderId"));
        Offer offer = offers.get(command.getString("offerId"));
        if (order == null || offer == null || !order.offerId.equals(command.getString("offerId"))) {
            return;
        }
        switch (type) {
            case "pay-order" -> pay(order, offer, command.getString("paymentId"));
            case "cancel-order" -> cancel(order, offer);
            case "expire-order" -> {
                if (order.status.equals("RESERVED") && !at.isBefore(order.payBy)) {
                    release(order, offer, "EXPIRED", "order.expired");
                }
            }
            case "ship-order" -> {
                if (order.status.equals("PAID")) {
                    move(order, "SHIPPED", "order.shipped", JsonObject.of());
                }
            }
            case "deliver-order" -> {
                if (order.status.equals("SHIPPED")) {
                    deliver(order, at);
                }
            }
            case "confirm-receipt" -> {
                if (order.status.equals("SHIPPED")) {
                    deliver(order, at);
                }
                if (order.status.equals("DELIVERED")) {
                    move(order, "COMPLETED", "order.completed", JsonObject.of());
                }
            }
            case "complete-order" -> {
                if (order.status.equals("DELIVERED") && !at.isBefore(order.completeAt)) {
                    move(order, "COMPLETED", "order.completed", JsonObject.of());
                }
            }
            case "refund-order" -> refund(order, offer, command);
            default -> throw new IllegalArgumentException("no such command: " + type);
        }
    }

    private void pay(Order order, Offer offer, String paymentId) {
        if (WITHOUT_UNITS.contains(order.status) && order.paymentId == null && order.left != null) {
            order.paymentId = paymentId;
            giveBack(order, order.left);
            tell(
                    order,
                    "order.payment-returned",
                    JsonObject.of("paymentId", paymentId, "amount", offer.money(order.left)));
        } else if (order.status.equals("RESERVED")) {
            order.paymentId = paymentId;
            offer.reserved -= order.quantity;
            offer.sold += order.quantity;
            offer.version++;
            offer.takes(0, order.left);
            move(order, "PAID", "order.paid", paid(order, offer));
            if (offer.isGift()) {
                move(order, "COMPLETED", "order.completed", JsonObject.of());
            }
        }
    }

    private void cancel(Order order, Offer offer) {
        if (order.status.equals("RESERVED")) {
            release(order, offer, "CANCELLED", "order.cancelled");
        } else if (order.status.equals("PAID")) {
            move(order, "CANCELLED", "order.cancelled", ordered(order, offer));
            refund(order, offer, JsonObject.of(), order.left, order.quantity - order.restockedUnits);
        }
    }

    private void release(Order order, Offer offer, String status, String event) {
        offer.reserved -= order.quantity;
        offer.version++;
        hold(offer, order, -order.quantity);
        move(order, status, event, ordered(order, offer));
    }

    private void deliver(Order order, Instant at) {
        order.completeAt = at.plus(afterSalesWindow);
        move(order, "DELIVERED", "order.delivered", JsonObject.of());
    }

    private void refund(Order order, Offer offer, JsonObject refund) {
        long amount = refund.getJsonObject("amount").getLong("amount");
        if (order.refunds.putIfAbsent(refund.getString("refundId"), true) != null) {
            return;
        }
        JsonObject named = JsonObject.of("refundId", refund.getString("refundId"));
        if (!REFUNDABLE.contains(order.status) || amount > order.left) {
            tell(order, "order.refund-refused", named.put("amount", offer.money(amount)));
            return;
        }
        int restocked = 0;
        if (refund.getBoolean("restock") && !offer.isGift()) {
            order.restockedAmount += amount;
            restocked = (int) (order.restockedAmount / offer.price()) - order.restockedUnits;
        }
        refund(order, offer, named, amount, restocked);
    }

    private void refund(Order order, Offer offer, JsonObject named, long amount, int restocked) {
        offer.takes(order.left, order.left - amount);
        order.left -= amount;
        order.restockedUnits += restocked;
        offer.sold -= restocked;
        offer.version++;
        hold(offer, order, -restocked);
        if (order.left == 0 && !order.status.equals("CANCELLED")) {
            order.status = "REFUNDED";
        }
        giveBack(order, amount);
        tell(
                order,
                "order.refunded",
                named.put("paymentId", order.paymentId)
                        .put("amount", offer.money(amount))
                        .put("left", offer.money(order.left))
                        .put("restockedUnits", restocked));
    }

    private void giveBack(Order order, long amount) {
        returns.computeIfAbsent(order.id, id -> new ArrayList<>()).add(amount);
    }

    private static JsonObject ordered(Order order, Offer offer) {
        return JsonObject.of("quantity", order.quantity, "total", offer.money(order.total));
    }

    private static JsonObject paid(Order order, Offer offer) {
        JsonObject paid = ordered(order, offer).put("paymentId", order.paymentId);
        SALE_TERMS.forEach(name -> paid.put(name, offer.terms.getValue(name)));
        return paid;
    }

    private void move(Order order, String status, String event, JsonObject facts) {
        order.status = status;
        tell(order, event, facts);
    }

    private void tell(Order order, String event, JsonObject facts) {
        order.sequence++;
        events.put(
                order.id + "." + order.sequence,
                facts.put("type", event).put("offerId", order.offerId).put("buyerId", order.buyer));
    }
}
