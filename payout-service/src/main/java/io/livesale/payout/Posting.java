package io.livesale.payout;

/** Money arriving on an account (positive) or leaving it (negative). Never zero. */
public record Posting(Account account, Money money) {
    public Posting {
        if (money.amount() == 0) {
            throw new IllegalArgumentException("a posting moves something");
        }
    }
}
