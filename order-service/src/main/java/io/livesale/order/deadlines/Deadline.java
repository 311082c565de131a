package io.livesale.order.deadlines;

import io.livesale.order.OrderCommand.CompleteOrder;
import io.livesale.order.OrderCommand.ExpireOrder;
import io.livesale.order.OrderCommand.OrderChange;
import java.time.Instant;
import java.util.UUID;

/**
 * A time in an order's life, and what follows when it has passed. Each looks through a partial index that holds only the
 * orders which still wait for it.
 */
enum Deadline {
    PAYMENT("""
            SELECT order_id, offer_id, pay_by AS due_at
            FROM orders
            WHERE status = 'RESERVED'
              AND pay_by <= $1
              AND (pay_by, order_id) > ($2, $3)
            ORDER BY pay_by, order_id
            LIMIT $4
            """, ExpireOrder::new),
    AFTER_SALES("""
            SELECT order_id, offer_id, complete_at AS due_at
            FROM orders
            WHERE status = 'DELIVERED'
              AND complete_at <= $1
              AND (complete_at, order_id) > ($2, $3)
            ORDER BY complete_at, order_id
            LIMIT $4
            """, CompleteOrder::new);

    private interface Consequence {
        OrderChange of(UUID orderId, UUID offerId, Instant at);
    }

    private final String overdue;
    private final Consequence consequence;

    Deadline(String overdue, Consequence consequence) {
        this.overdue = overdue;
        this.consequence = consequence;
    }

    /** Finds a page of orders: of $1 the time it is, of $2 and $3 where the page before ended, of $4 how many. */
    String overdue() {
        return overdue;
    }

    /** The command for an order whose time is over. */
    OrderChange pass(UUID orderId, UUID offerId, Instant at) {
        return consequence.of(orderId, offerId, at);
    }
}
