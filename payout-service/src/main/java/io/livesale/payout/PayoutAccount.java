package io.livesale.payout;

/**
 * Where a payee wants to be paid.
 *
 * @param holder in whose name it is, as the payee wrote it
 */
public record PayoutAccount(Kind kind, String holder, AccountNumber number) {
    public enum Kind {
        BANK,
        WALLET
    }
}
