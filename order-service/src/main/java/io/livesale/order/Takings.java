package io.livesale.order;

/**
 * What an offer's orders came to. Money whose sum leaves the range of a long wraps around, and back with the refunds:
 * no figure may stop the log.
 *
 * @param orders decided so far, rejected ones included
 * @param gross paid and not given back, in minor units
 * @param commission the creator's share of it, in minor units, rounded down for each order by itself
 */
public record Takings(long orders, long gross, long commission) {
    static final Takings NONE = new Takings(0, 0, 0);

    private static final int WHOLE = 10_000;

    Takings withOrder() {
        return new Takings(orders + 1, gross, commission);
    }

    /**
     * What one order brings in has changed. The commission moves by the difference of its roundings, so that refunds in
     * parts end where one of all of it would.
     *
     * @param before minor units, 0 or more
     * @param after minor units, 0 or more
     */
    Takings moved(long before, long after, int commissionBasisPoints) {
        long more = commission(after, commissionBasisPoints) - commission(before, commissionBasisPoints);
        return new Takings(orders, gross + after - before, commission + more);
    }

    /** Rounded down; ten thousandth by ten thousandth, for the product may leave the range of a long. */
    private static long commission(long amount, int basisPoints) {
        return amount / WHOLE * basisPoints + amount % WHOLE * basisPoints / WHOLE;
    }
}
