package io.livesale.order.payment;

import io.livesale.order.Money;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whoever takes the buyers' money, and gives it back. */
interface PaymentProvider {
    /** What became of asking for a refund; how it ends comes later, by webhook. */
    enum RefundAnswer {
        ACCEPTED,
        /** For good: asking again would not help. */
        REFUSED
    }

    /**
     * Opens the payment of an order and tells where the buyer pays. The payment id is the idempotency key: asking again
     * opens nothing new. Fails with {@code PAYMENT_PROVIDER_UNAVAILABLE} when the provider does not answer.
     */
    Uni<URI> open(UUID paymentId, UUID orderId, Money amount, @Nullable URI returnUrl);

    /**
     * Asks for money back. {@link RefundRow#providerId} is the idempotency key: asking again gives nothing twice. Fails
     * when no answer is known; then it may be asked again.
     */
    Uni<RefundAnswer> refund(RefundRow refund);
}
