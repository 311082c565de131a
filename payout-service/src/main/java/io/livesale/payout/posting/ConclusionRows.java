package io.livesale.payout.posting;

import io.livesale.payout.AppliedFee;
import io.livesale.payout.Money;
import io.livesale.payout.Rate;
import io.livesale.payout.SaleKind;
import io.livesale.payout.SaleParts;
import io.livesale.payout.SaleTerms;
import io.livesale.payout.SettlementProfile;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** Reads the rows of {@link Concluding}. */
final class ConclusionRows {
    private ConclusionRows() {}

    static Standing standing(Row row) {
        return new Standing(
                row.getUUID("order_id"),
                row.getString("seller_id"),
                row.getString("creator_id"),
                terms(row),
                new SaleParts(
                        money(row, "gross"),
                        money(row, "fee"),
                        money(row, "commission"),
                        money(row, "seller_net"),
                        money(row, "waived_fee")),
                instant(row, "released_at") != null,
                release(row));
    }

    static Refund refund(Row row) {
        return new Refund(
                row.getUUID("order_id"),
                row.getString("refund_id"),
                row.getString("cause"),
                money(row, "amount"),
                row.getOffsetDateTime("refunded_at").toInstant());
    }

    /** A gift is not delivered: its period is the standard one, from its completion. */
    private static Release release(Row row) {
        boolean gift = kind(row) == SaleKind.GIFT;
        return new Release(
                gift ? SettlementProfile.STANDARD : SettlementProfile.valueOf(row.getString("settlement_profile")),
                instant(row, gift ? "completed_at" : "delivered_at"),
                instant(row, "completed_at"),
                instant(row, "release_at"));
    }

    private static SaleTerms terms(Row row) {
        return new SaleTerms(
                kind(row),
                new Rate(row.getInteger("commission_basis_points")),
                new AppliedFee(
                        new Rate(row.getInteger("fee_basis_points")),
                        new Rate(row.getInteger("standard_fee_basis_points")),
                        row.getString("programme_id")));
    }

    private static SaleKind kind(Row row) {
        return SaleKind.valueOf(row.getString("kind"));
    }

    private static Money money(Row row, String column) {
        return new Money(row.getLong(column), Currency.getInstance(row.getString("currency")));
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
