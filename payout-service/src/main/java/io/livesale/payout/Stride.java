package io.livesale.payout;

/**
 * How many rows are taken in one transaction: fewer after a page whose data was refused, until the row at fault stands
 * alone and can be passed over, and then more again. So one bad row costs a few small pages and never holds up the rest.
 * For one walk at a time.
 */
public final class Stride {
    private final int longest;
    private int length;

    /** @param longest above zero; where it begins */
    public Stride(int longest) {
        this.longest = longest;
        this.length = longest;
    }

    public int length() {
        return length;
    }

    public void lengthen() {
        length = (int) Math.min(longest, 2L * length);
    }

    /** Whether there was anything left to shorten: otherwise the row at fault has been found. */
    public boolean shorten() {
        boolean several = length > 1;
        length = Math.max(1, length / 2);
        return several;
    }
}
