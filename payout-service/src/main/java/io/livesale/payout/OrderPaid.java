package io.livesale.payout;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Our view of order-service's {@code order.paid}: the facts the money depends on. Anything that cannot be a paid order
 * throws {@link IllegalArgumentException}.
 *
 * @param total gross in minor units, zero or more
 * @param sellerId present for a product, absent for a gift
 * @param county the product's county of origin at the time of the offer
 * @param settlementProfile a product that names none has the standard one; a gift is not delivered and has none
 * @param at when the payment was taken
 */
public record OrderPaid(
        UUID orderId,
        UUID offerId,
        UUID sessionId,
        SaleKind kind,
        int quantity,
        Money total,
        @Nullable String sellerId,
        String creatorId,
        @Nullable String county,
        int commissionBasisPoints,
        @Nullable SettlementProfile settlementProfile,
        Instant at)
        implements OrderEvent {
    public OrderPaid {
        require(orderId != null, "orderId is missing");
        require(offerId != null, "offerId is missing");
        require(sessionId != null, "sessionId is missing");
        require(kind != null, "kind is missing");
        require(total != null, "total is missing");
        require(at != null, "at is missing");
        require(creatorId != null && !creatorId.isEmpty(), "creatorId is missing");
        require(quantity > 0, "quantity is not positive");
        require(total.amount() >= 0, "total is negative");
        require(Rfc3339.canWrite(at), "at is out of range");
        require((kind == SaleKind.PRODUCT) == (sellerId != null), "a product has a seller, a gift has none");
        require(!Objects.equals(sellerId, ""), "sellerId is empty");
        new Rate(commissionBasisPoints);
        if (kind == SaleKind.PRODUCT && settlementProfile == null) {
            settlementProfile = SettlementProfile.STANDARD;
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
