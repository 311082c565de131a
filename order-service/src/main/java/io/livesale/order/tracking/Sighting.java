package io.livesale.order.tracking;

import io.livesale.order.OrderView;
import io.livesale.order.Receipt;
import java.util.Optional;

/**
 * An order as its caller may see it now.
 *
 * @param receipt of an order that is still in the log
 */
record Sighting(OrderView order, Optional<Receipt> receipt) {
    static Sighting decided(OrderView order) {
        return new Sighting(order, Optional.empty());
    }

    static Sighting inLog(OrderView order, Receipt receipt) {
        return new Sighting(order, Optional.of(receipt));
    }
}
