package io.livesale.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.livesale.order.Order.Shipment;
import io.livesale.order.OrderEvent.OrderRefunded;
import io.livesale.order.OrderEvent.OrderRejected;
import io.livesale.order.OrderEvent.OrderReserved;
import io.livesale.order.OrderEvent.OrderShipped;
import io.livesale.order.OrderEvent.PaymentReturned;
import io.livesale.order.OrderEvent.RefundRefused;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to an order.
 *
 * @param type the event's CloudEvents type, {@code order.paid}
 * @param at when its cause was accepted
 * @param reason a {@link Order.Rejection}, or why money is given back
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TimelineEntry(
        String type,
        Instant at,
        @Nullable String reason,
        @Nullable Shipment shipment,
        @Nullable String refundId,
        @Nullable Money amount) {

    /** The first entry of every order: the log took it. */
    public static TimelineEntry received(Instant acceptedAt) {
        return plain("order.received", acceptedAt);
    }

    /**
     * A decided order's whole timeline. How it begins follows from the order, so only what came later is stored.
     *
     * @param rejection absent when it was reserved
     */
    public static List<TimelineEntry> whole(
            Instant acceptedAt, Order.@Nullable Rejection rejection, List<TimelineEntry> later) {
        TimelineEntry outcome = rejection == null
                ? plain(OrderReserved.TYPE, acceptedAt)
                : because(OrderRejected.TYPE, acceptedAt, rejection.name());
        return Stream.concat(Stream.of(received(acceptedAt), outcome), later.stream())
                .toList();
    }

    public static TimelineEntry of(OrderEvent event) {
        if (event instanceof OrderRejected rejected) {
            return because(event.type(), event.at(), rejected.reason().name());
        }
        if (event instanceof OrderShipped shipped) {
            Shipment shipment = new Shipment(shipped.carrier(), shipped.trackingNumber());
            return new TimelineEntry(event.type(), event.at(), null, shipment, null, null);
        }
        if (event instanceof OrderRefunded refunded) {
            return money(event, refunded.reason(), refunded.refundId(), refunded.amount());
        }
        if (event instanceof PaymentReturned returned) {
            return money(event, null, returned.refundId(), returned.amount());
        }
        if (event instanceof RefundRefused refused) {
            return money(event, null, refused.refundId(), refused.amount());
        }
        return plain(event.type(), event.at());
    }

    private static TimelineEntry plain(String type, Instant at) {
        return new TimelineEntry(type, at, null, null, null, null);
    }

    private static TimelineEntry because(String type, Instant at, String reason) {
        return new TimelineEntry(type, at, reason, null, null, null);
    }

    private static TimelineEntry money(OrderEvent event, @Nullable String reason, String refundId, Money amount) {
        return new TimelineEntry(event.type(), event.at(), reason, null, refundId, amount);
    }
}
