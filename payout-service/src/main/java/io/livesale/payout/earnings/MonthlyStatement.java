package io.livesale.payout.earnings;

import io.livesale.payout.Account.Stage;
import io.livesale.payout.Money;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What the ledger says of one person's month in one currency: opening balance + changes = closing balance. Once the
 * month is over it stays as it is, for its movements are those that were booked in it.
 */
record MonthlyStatement(
        @Schema(examples = "2026-11") String month,

        Currency currency,

        @Schema(description = "By whose time the month begins and ends.", examples = "Asia/Shanghai")
        String zone,

        Instant from,

        @Schema(description = "The first instant of the next month.")
        Instant until,

        @Schema(description = "All that was booked before is counted: until, once nothing in the month can change.")
        Instant upTo,

        Standings opening,
        Standings closing,

        @Schema(description = "The month's movements by their kind.")
        List<Total> totals) {

    /** What stood in each stage at one moment. */
    @Schema(name = "StandingsOfStages")
    record Standings(
            @Schema(description = "What is owed to the caller: pending, available, reserved and in transit.")
            Money balance,

            Money pending,
            Money available,
            Money reserved,
            Money inTransit,
            @Schema(description = "Arrived, in total.") Money paid) {
        static Standings of(Currency currency, Map<Stage, Long> amounts) {
            long owed = Movements.OWED.stream()
                    .mapToLong(stage -> amounts.getOrDefault(stage, 0L))
                    .sum();
            return new Standings(
                    new Money(owed, currency),
                    money(currency, amounts, Stage.PENDING),
                    money(currency, amounts, Stage.AVAILABLE),
                    money(currency, amounts, Stage.RESERVED),
                    money(currency, amounts, Stage.IN_TRANSIT),
                    money(currency, amounts, Stage.PAID));
        }

        private static Money money(Currency currency, Map<Stage, Long> amounts, Stage stage) {
            return new Money(amounts.getOrDefault(stage, 0L), currency);
        }
    }

    /** @param change what all movements of a kind add to what is owed */
    @Schema(name = "TotalOfMovements")
    record Total(@Schema(examples = "SALE") String kind, long movements, Money change) {}
}
