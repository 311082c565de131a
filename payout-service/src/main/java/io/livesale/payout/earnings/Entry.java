package io.livesale.payout.earnings;

import com.github.f4b6a3.uuid.UuidCreator;
import io.livesale.payout.Money;
import io.livesale.payout.SaleKind;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.Currency;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A statement line: one sale as one of the two who earned on it sees it. */
record Entry(
        UUID entryId,
        UUID orderId,
        UUID offerId,
        SaleKind kind,

        @Schema(description = "What the caller was in this sale.")
        Role role,

        int units,
        @Schema(description = "Price x quantity.") Money gross,
        @Schema(description = "The platform's part.") Money fee,

        @Schema(description = "The rate applied to this sale, for good.", examples = "100")
        int feeBasisPoints,

        @Schema(description = "What a fee programme saved the seller.")
        Money waivedFee,

        @Schema(description = "The fee programme that lowered the fee; absent when none did.") @Nullable String programmeId,

        @Schema(description = "The creator's part.") Money commission,

        @Schema(examples = "2000") int commissionBasisPoints,

        @Schema(description = "The seller's part: gross less fee less commission.")
        Money net,

        @Schema(description = "What the caller gets: net as seller, commission as creator.")
        Money amount,

        @Schema(description = "Where the money stands.", examples = "PENDING")
        String state,

        Instant paidAt) {
    enum Role {
        SELLER,
        CREATOR
    }

    static Entry of(Row row) {
        UUID orderId = row.getUUID("order_id");
        Role role = Role.valueOf(row.getString("role"));
        Money net = money(row, "seller_net");
        Money commission = money(row, "commission");
        return new Entry(
                UuidCreator.getNameBasedSha1(orderId, role.name()),
                orderId,
                row.getUUID("offer_id"),
                SaleKind.valueOf(row.getString("kind")),
                role,
                row.getInteger("units"),
                money(row, "gross"),
                money(row, "fee"),
                row.getInteger("fee_basis_points"),
                money(row, "waived_fee"),
                row.getString("programme_id"),
                commission,
                row.getInteger("commission_basis_points"),
                net,
                role == Role.SELLER ? net : commission,
                row.getString("state"),
                row.getOffsetDateTime("paid_at").toInstant());
    }

    private static Money money(Row row, String column) {
        return new Money(row.getLong(column), Currency.getInstance(row.getString("currency")));
    }
}
