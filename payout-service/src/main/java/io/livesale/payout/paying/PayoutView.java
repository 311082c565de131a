package io.livesale.payout.paying;

import io.livesale.payout.Money;
import io.livesale.payout.Payout;
import io.livesale.payout.Payout.Status;
import io.livesale.payout.PayoutAccount.Kind;
import io.livesale.payout.Payouts;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A payout as it is answered. */
@Schema(name = "Payout")
record PayoutView(
        UUID payoutId,
        String settlementId,
        String userId,
        Money amount,

        @Schema(
                description =
                        "PENDING: about to be sent. HELD: an operator is to look at it. IN_TRANSIT: with the provider."
                                + " FAILED and CANCELLED: the money is available again.")
        Status status,

        @Schema(description = "Why it is held, failed or was cancelled.") @Nullable String reason,

        @Schema(description = "Absent where nobody knows any more, of a payout recovered after a restore.") @Nullable Kind accountKind,

        @Schema(description = "Masked: its last four characters at most. Absent likewise.", examples = "****0123")
        @Nullable String account,

        Instant createdAt,

        @Schema(
                description = "PAID or FAILED: the provider told so against the status, and nobody has found out yet."
                        + " Absent otherwise.")
        @Nullable Status contradiction,

        @Schema(
                description =
                        "Every change, the making first; what was recovered after a restore in one. Left out in lists.")
        @Nullable List<Change> timeline) {
    /** @param by the operator's user id; absent when the service did by itself */
    @Schema(name = "PayoutChange")
    record Change(
            Status status,
            @Nullable String reason,
            @Nullable String by,
            Instant at) {
        private static Change of(Row row) {
            return new Change(
                    Status.valueOf(row.getString("change_status")),
                    row.getString("change_reason"),
                    row.getString("changed_by"),
                    row.getOffsetDateTime("changed_at").toInstant());
        }
    }

    static PayoutView of(Row row) {
        return of(row, null);
    }

    /** @param rows one for each change, each with the whole payout */
    static PayoutView withTimeline(List<Row> rows) {
        return of(rows.get(0), rows.stream().map(Change::of).toList());
    }

    private static PayoutView of(Row row, @Nullable List<Change> timeline) {
        Payout payout = Payouts.payout(row);
        String kind = row.getString("account_kind");
        String told = row.getBoolean("contradiction_open") ? row.getString("contradiction") : null;
        return new PayoutView(
                payout.payoutId(),
                payout.settlementId(),
                payout.userId(),
                payout.amount(),
                payout.status(),
                payout.reason(),
                kind == null ? null : Kind.valueOf(kind),
                row.getString("masked_number"),
                payout.createdAt(),
                told == null ? null : Status.valueOf(told),
                timeline);
    }
}
