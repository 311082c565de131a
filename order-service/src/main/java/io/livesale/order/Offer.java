package io.livesale.order;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An offer's stock as the command log has decided it so far. For a product, {@code allotment = remaining + reserved +
 * sold} and {@code remaining >= 0}, always (promise I3).
 *
 * @param reserved units held by unpaid orders
 * @param sold units paid for
 * @param version counts the changes; consumers take the greater one
 */
public record Offer(OfferTerms terms, Status status, long reserved, long sold, long version) {
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
        return new Offer(terms, Status.OPEN, 0, 0, 1);
    }

    static Offer neverOpened(OfferTerms terms) {
        return new Offer(terms, Status.CLOSED, 0, 0, 1);
    }

    Offer close() {
        return new Offer(terms, Status.CLOSED, reserved, sold, version + 1);
    }

    Offer reserve(int units) {
        return new Offer(terms, status, reserved + units, sold, version + 1);
    }

    Offer sell(int units) {
        return new Offer(terms, status, reserved - units, sold + units, version + 1);
    }

    /** Reserved units are to be had again. */
    Offer release(int units) {
        return new Offer(terms, status, reserved - units, sold, version + 1);
    }

    /** Sold units came back and are to be had again. */
    Offer restock(int units) {
        return new Offer(terms, status, reserved, sold - units, version + 1);
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
