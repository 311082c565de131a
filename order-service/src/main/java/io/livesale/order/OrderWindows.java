package io.livesale.order;

import java.time.Duration;

/**
 * How long things wait.
 *
 * @param payment a reservation for its payment, counted from its acceptance
 * @param afterSales a delivered order for its completion, counted from its delivery
 */
public record OrderWindows(Duration payment, Duration afterSales) {
    public static OrderWindows of(OrderSettings settings) {
        return new OrderWindows(
                settings.payment().window(), settings.afterSales().window());
    }
}
