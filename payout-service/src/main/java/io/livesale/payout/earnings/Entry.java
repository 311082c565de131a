package io.livesale.payout.earnings;

import com.github.f4b6a3.uuid.UuidCreator;
import io.livesale.payout.Money;
import io.livesale.payout.SaleKind;
import io.livesale.payout.earnings.Standing.State;
import io.livesale.payout.earnings.Standing.Wait;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.Currency;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A statement line: one sale as one of the two who earned on it sees it. The parts are those of what is left after
 * refunds, so that fee, commission and net always add up to the gross.
 */
record Entry(
        UUID entryId,
        UUID orderId,
        UUID offerId,
        SaleKind kind,

        @Schema(description = "What the caller was in this sale.")
        Role role,

        int units,

        @Schema(description = "Price x quantity, less what was refunded.")
        Money gross,

        @Schema(description = "What was given back to the buyer.")
        Money refunded,

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

        @Schema(description = "Where the money stands.") State state,

        @Schema(description = "What has to happen before all of it is free; absent when nothing has to.") @Nullable Wait waitsFor,

        @Schema(description = "When it will be free; absent as long as that depends on somebody.") @Nullable Instant releaseAt,

        @Schema(description = "The part of the amount that is held for a set time after the release.")
        Money reserve,

        Instant paidAt) {
    enum Role {
        SELLER,
        CREATOR
    }

    static Entry of(Row row) {
        UUID orderId = row.getUUID("order_id");
        SaleKind kind = SaleKind.valueOf(row.getString("kind"));
        Role role = Role.valueOf(row.getString("role"));
        Money refunded = money(row, "refunded");
        Money gross = money(row, "gross").minus(refunded);
        Money net = left(row, "seller_net", "net_reversed");
        Money commission = left(row, "commission", "commission_reversed");
        Standing standing = Standing.of(row, kind, refunded.amount() > 0 && gross.amount() == 0);
        boolean held = standing.waitsFor() == Wait.RESERVE;
        return new Entry(
                UuidCreator.getNameBasedSha1(orderId, role.name()),
                orderId,
                row.getUUID("offer_id"),
                kind,
                role,
                row.getInteger("units"),
                gross,
                refunded,
                left(row, "fee", "fee_reversed"),
                row.getInteger("fee_basis_points"),
                left(row, "waived_fee", "waived_reversed"),
                row.getString("programme_id"),
                commission,
                row.getInteger("commission_basis_points"),
                net,
                role == Role.SELLER ? net : commission,
                standing.state(),
                standing.waitsFor(),
                standing.releaseAt(),
                held ? money(row, "reserve") : Money.zero(gross.currency()),
                row.getOffsetDateTime("paid_at").toInstant());
    }

    private static Money left(Row row, String part, String reversed) {
        return money(row, part).minus(money(row, reversed));
    }

    private static Money money(Row row, String column) {
        return new Money(row.getLong(column), Currency.getInstance(row.getString("currency")));
    }
}
