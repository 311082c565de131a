package io.livesale.payout.impact;

import io.livesale.payout.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Who earned, on what, from where. All amounts are net of refunds; a refund counts on the day of the payment. */
record ImpactReport(
        LocalDate from,
        LocalDate to,
        Earners earners,

        @Schema(description = "One line for each currency.") List<Line> totals,

        @Schema(
                description = "By county and whether it was designated when the offer opened. One line without a county"
                        + " holds the gifts to creators who named none.")
        List<Line> byCounty,

        @Schema(description = "Days on which something was sold.")
        List<Line> byDay,

        @Schema(description = "What each fee programme waived, and on which sales.")
        List<Line> waivedByProgramme,

        @Schema(
                description = "Sessions that opened an offer in this time, each in full, the 500 newest; one line for"
                        + " each currency of a session.")
        List<SessionResult> sessions) {

    /** People with income left, counted once in whatever roles they earned it. */
    @Schema(name = "ImpactEarners")
    record Earners(
            long total,

            @Schema(description = "Of them, sellers of products from designated counties and creators at home in one.")
            long designated) {}

    /** What some sales came to. Of the keys those are there that the line is by. */
    @Schema(name = "ImpactLine")
    record Line(
            @Schema(examples = "611026") @Nullable String county,
            @Nullable Boolean designated,
            @Nullable LocalDate day,
            @Nullable String programmeId,
            Currency currency,

            @Schema(description = "Paid, and not refunded in full.")
            long orders,

            @Schema(description = "Of those orders.") long units,
            Money gross,
            Money creatorIncome,
            Money sellerIncome,
            @Schema(description = "The platform's part.") Money fees,

            @Schema(description = "What the platform would have had without fee programmes.")
            Money waived) {}

    /** How one session went, up to now. */
    @Schema(name = "SessionResult")
    record SessionResult(
            UUID sessionId,
            String creatorId,

            @Schema(description = "When its first offer opened.")
            Instant openedAt,

            @Schema(description = "Decided, rejected ones included.")
            long orders,

            @Schema(description = "Paid.") long accepted,
            long units,
            Money gross,

            @Schema(
                    description = "From the opening of its first product to the moment when none of its products had a"
                            + " unit left; absent while one never ran out.")
            @Nullable Long soldOutAfterSeconds) {}
}
