package io.livesale.payout.releasing;

import io.livesale.payout.Account.Party;
import io.livesale.payout.Account.Stage;
import io.livesale.payout.LedgerTransaction;
import io.livesale.payout.LedgerTransaction.Kind;
import io.livesale.payout.Money;
import io.livesale.payout.Postings;
import io.livesale.payout.Rate;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What an order holds for its two parties in one stage, to be moved on.
 *
 * @param sellerId absent for a gift, of which nothing is a seller's
 */
record Holding(UUID orderId, @Nullable String sellerId, String creatorId, Money seller, Money creator) {
    static List<Holding> all(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(Holding::of).toList();
    }

    private static Holding of(Row row) {
        Currency currency = Currency.getInstance(row.getString("currency"));
        return new Holding(
                row.getUUID("order_id"),
                row.getString("seller_id"),
                row.getString("creator_id"),
                new Money(row.getLong("seller"), currency),
                new Money(row.getLong("creator"), currency));
    }

    /** From pending to available, less what is reserved of it. Both parties at once: neither is released before. */
    LedgerTransaction released(Rate reserve, Instant at) {
        Postings postings = new Postings();
        if (sellerId != null) {
            release(postings, sellerId, seller, reserve);
        }
        release(postings, creatorId, creator, reserve);
        return LedgerTransaction.ofOrder(orderId + ".release", Kind.RELEASE, orderId, at, postings.toList());
    }

    /** From reserved to available. */
    LedgerTransaction reserveFreed(Instant at) {
        Postings postings = new Postings();
        if (sellerId != null) {
            free(postings, sellerId, seller);
        }
        free(postings, creatorId, creator);
        return LedgerTransaction.ofOrder(
                orderId + ".reserve-freed", Kind.RESERVE_FREED, orderId, at, postings.toList());
    }

    private static void release(Postings postings, String userId, Money part, Rate reserve) {
        Money reserved = part.partDown(reserve);
        postings.add(new Party(userId, Stage.PENDING), part.negated())
                .add(new Party(userId, Stage.AVAILABLE), part.minus(reserved))
                .add(new Party(userId, Stage.RESERVED), reserved);
    }

    private static void free(Postings postings, String userId, Money part) {
        postings.add(new Party(userId, Stage.RESERVED), part.negated()).add(new Party(userId, Stage.AVAILABLE), part);
    }
}
