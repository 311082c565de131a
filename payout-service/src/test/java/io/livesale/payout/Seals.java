package io.livesale.payout;

import java.util.List;

/** Seals with other keys than the service's. */
public final class Seals {
    private Seals() {}

    public static AccountSeal with(String... accountKeys) {
        return new AccountSeal(List.of(accountKeys));
    }
}
