package io.livesale.payout.audit;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Who did what to what, as it is answered. */
record AuditEntry(
        @Schema(description = "Grows from entry to entry.", examples = "17")
        String entryId,

        Instant at,

        @Schema(description = "A user id, or the name of the service that acted by itself.", examples = "staff-1")
        String actor,

        @Schema(examples = "PAYOUT_HELD") String action,

        @Schema(description = "What it was done to: the id of a payout, settlement, fee programme, order or person.")
        String subject,

        @Nullable String detail) {
    static AuditEntry of(Row row) {
        return new AuditEntry(
                row.getLong("id").toString(),
                row.getOffsetDateTime("recorded_at").toInstant(),
                row.getString("actor"),
                row.getString("action"),
                row.getString("subject"),
                row.getString("detail"));
    }
}
