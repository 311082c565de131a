package io.livesale.payout.recovering;

import io.livesale.payout.Money;
import io.livesale.payout.Payout.Status;
import io.livesale.payout.PayoutEvent;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What payouts.v1 tells and the database does not know, or did not until now. */
@Schema(name = "PayoutRecovery")
record Recovery(
        @Schema(description = "Events there are on payouts.v1")
        long events,

        @Schema(description = "Of them, what nobody can read; the log says where they are")
        long unreadable,

        @Schema(description = "Payouts that are not known, not as far as they were told, or otherwise")
        int missing,

        @Schema(description = "Whether there are more: ask again once these are booked")
        boolean more,

        @Schema(description = "Of the missing, those that are booked now")
        int booked,

        @Schema(description = "Those that are missing, the first thousand of them")
        List<Item> payouts) {
    /** Bounds what is kept in memory. */
    static final int MOST_FOUND = 50_000;

    static final String OTHERWISE = "It went one way here and another there: a person has to look.";
    static final String NO_ACCOUNT =
            "It is under way, and the payee has no verified payout account: have it given first.";

    static final int MOST_SHOWN = 1000;

    @Schema(name = "MissingPayout")
    record Item(
            UUID payoutId,
            String settlementId,
            String userId,
            Money amount,

            @Schema(description = "As it was told last") Status status,

            int version,

            @Schema(description = "As far as it is known; 0 when not at all")
            int knownVersion,

            boolean booked,

            @Schema(description = "Why it cannot be booked") @Nullable String refused) {}

    static Item item(Missing missing, boolean booked, @Nullable String refused) {
        PayoutEvent told = missing.last();
        return new Item(
                told.payoutId(),
                told.settlementId(),
                told.userId(),
                told.amount(),
                told.status(),
                told.version(),
                missing.knownVersion(),
                booked,
                refused);
    }
}
