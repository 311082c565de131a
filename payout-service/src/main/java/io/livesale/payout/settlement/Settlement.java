package io.livesale.payout.settlement;

import io.livesale.payout.Money;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A settlement run and how far it is, as it is answered. */
record Settlement(
        @Schema(examples = "2026-11-week-47") String settlementId,
        Status status,

        @Schema(description = "The operator's user id, or payout-service for a scheduled one.")
        String requestedBy,

        Instant startedAt,
        @Nullable Instant finishedAt,

        @Schema(description = "Payouts made so far.") long payouts,
        Skipped skipped,

        @Schema(description = "What they pay, one sum for each currency.")
        List<Money> totals) {
    enum Status {
        RUNNING,
        DONE
    }

    /** Payees who have something available and got no payout, so far. */
    record Skipped(
            long belowMinimum,

            @Schema(description = "Enough, but no account that is verified.")
            long accountMissing) {}

    static Settlement of(Row row) {
        OffsetDateTime finishedAt = row.getOffsetDateTime("finished_at");
        return new Settlement(
                row.getString("id"),
                Status.valueOf(row.getString("status")),
                row.getString("requested_by"),
                row.getOffsetDateTime("started_at").toInstant(),
                finishedAt == null ? null : finishedAt.toInstant(),
                row.getLong("payouts"),
                new Skipped(row.getLong("below_minimum"), row.getLong("account_missing")),
                totals(row));
    }

    private static List<Money> totals(Row row) {
        String[] currencies = Objects.requireNonNullElse(row.getArrayOfStrings("currencies"), new String[0]);
        Long[] amounts = row.getArrayOfLongs("amounts");
        return IntStream.range(0, currencies.length)
                .mapToObj(i -> new Money(amounts[i], Currency.getInstance(currencies[i])))
                .toList();
    }
}
