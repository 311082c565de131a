package io.livesale.payout;

/** A share of an amount, in basis points: 10000 is all of it, 500 is 5 %. */
public record Rate(int basisPoints) {
    static final int WHOLE = 10_000;

    public Rate {
        if (basisPoints < 0 || basisPoints > WHOLE) {
            throw new IllegalArgumentException("a rate is 0 to 10000 basis points, not " + basisPoints);
        }
    }

    /** What this rate leaves of the whole. */
    public Rate rest() {
        return new Rate(WHOLE - basisPoints);
    }
}
