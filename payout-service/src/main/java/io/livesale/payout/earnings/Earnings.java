package io.livesale.payout.earnings;

import io.livesale.payout.Account.Stage;
import io.livesale.payout.Money;
import java.time.Instant;
import java.util.Currency;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One person's earnings in one currency, as they are answered. */
record Earnings(
        Currency currency,

        @Schema(description = "Earned, and waiting for delivery, completion or the end of the settlement period.")
        Money pending,

        @Schema(description = "Free to be paid out.") Money available,

        @Schema(description = "Held back for a set time.") Money reserved,

        @Schema(description = "On its way to the payout account.")
        Money inTransit,

        @Schema(description = "Arrived, in total.") Money paid,

        NextPayout nextPayout) {

    /** Either what the next settlement pays to a verified account, or what is missing to the least that is paid out. */
    record NextPayout(
            @Nullable Money amount,
            @Nullable Money missing,

            @Schema(description = "The next scheduled settlement; absent where operators make them.") @Nullable Instant on) {
        static NextPayout of(Money available, Money minimum, @Nullable Instant on) {
            return available.amount() >= minimum.amount()
                    ? new NextPayout(available, null, on)
                    : new NextPayout(null, minimum.minus(available), on);
        }
    }

    /** @param balances in minor units; a stage without one has nothing in it */
    static Earnings of(Currency currency, Map<Stage, Long> balances, long minimum, @Nullable Instant nextSettlement) {
        Money available = balance(currency, balances, Stage.AVAILABLE);
        return new Earnings(
                currency,
                balance(currency, balances, Stage.PENDING),
                available,
                balance(currency, balances, Stage.RESERVED),
                balance(currency, balances, Stage.IN_TRANSIT),
                balance(currency, balances, Stage.PAID),
                NextPayout.of(available, new Money(minimum, currency), nextSettlement));
    }

    private static Money balance(Currency currency, Map<Stage, Long> balances, Stage stage) {
        return new Money(balances.getOrDefault(stage, 0L), currency);
    }
}
