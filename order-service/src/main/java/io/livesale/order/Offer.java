package io.livesale.order;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An offer's stock and takings as the command log has decided them so far. For a product, {@code allotment = remaining +
 * reserved + sold} and {@code remaining >= 0}, always (promise I3).
 *
 * @param reserved units held by unpaid orders
 * @param sold units paid for
 * @param version counts the changes; consumers take the greater one
 */
public record Offer(OfferTerms terms, Status status, long reserved, long sold, Takings takings, long version) {
    /** Whether orders are taken. */
    public enum Status {
        OPEN,
        CLOSED
    }

    public Offer {
        if (reserved < 0 || sold < 0 || version < 1) {
            throw new IllegalArgumentException("negative stock figures");
        }
        Integer allotment = terms.allotment();
        if (allotment != null && reserved + sold > allotment) {
            throw new IllegalArgumentException("oversold");
        }
    }

    static Offer opened(OfferTerms terms) {
        return new Offer(terms, Status.OPEN, 0, 0, Takings.NONE, 1);
    }

    static Offer neverOpened(OfferTerms terms) {
        return new Offer(terms, Status.CLOSED, 0, 0, Takings.NONE, 1);
    }

    Offer close() {
        return next(Status.CLOSED, reserved, sold, takings);
    }

    Offer reserve(int units) {
        return next(status, reserved + units, sold, takings.withOrder());
    }

    /** An order got nothing. */
    Offer reject() {
        return next(status, reserved, sold, takings.withOrder());
    }

    Offer sell(int units, Money paid) {
        return next(status, reserved - units, sold + units, moved(0, paid.amount()));
    }

    /** Reserved units are to be had again. */
    Offer release(int units) {
        return next(status, reserved - units, sold, takings);
    }

    /**
     * Money of an order is given back.
     *
     * @param restocked sold units that are to be had again, 0 or more
     */
    Offer refund(int restocked, Money before, Money after) {
        return next(status, reserved, sold - restocked, moved(before.amount(), after.amount()));
    }

    private Takings moved(long before, long after) {
        return takings.moved(before, after, terms.commissionBasisPoints());
    }

    private Offer next(Status statusThen, long reservedThen, long soldThen, Takings takingsThen) {
        return new Offer(terms, statusThen, reservedThen, soldThen, takingsThen, version + 1);
    }

    public UUID id() {
        return terms.offerId();
    }

    /** Units still to be had; absent for a gift, of which there is no end. */
    public @Nullable Long remaining() {
        Integer allotment = terms.allotment();
        return allotment == null ? null : allotment - reserved - sold;
    }

    /** Units reserved or sold. */
    long taken() {
        return reserved + sold;
    }

    boolean has(int units) {
        Long remaining = remaining();
        return remaining == null || remaining >= units;
    }

    boolean takesOrdersAt(Instant time) {
        Instant closesAt = terms.closesAt();
        return status == Status.OPEN && (closesAt == null || time.isBefore(closesAt));
    }
}
