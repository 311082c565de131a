package io.livesale.payout.posting;

import io.livesale.payout.Money;
import java.time.Instant;
import java.util.UUID;

/**
 * Money given back on an order.
 *
 * @param refundId names it within its order
 * @param cause id of the event that told of it first
 */
record Refund(UUID orderId, String refundId, String cause, Money amount, Instant at) {}
