package io.livesale.payout.paying;

import io.livesale.payout.Conditions;
import io.livesale.payout.Payout.Status;
import io.livesale.payout.Payouts;
import io.livesale.payout.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads payouts. Whose they are is part of every query, unless an operator asks. */
@ApplicationScoped
class PayoutLookup {
    private static final String COLUMNS = Payouts.COLUMNS
            + ", payout.contradiction, payout.contradiction_open, account.kind AS account_kind, account.masked_number";

    private static final String ONE = """
            SELECT %s,
                   change.status AS change_status, change.reason AS change_reason, change.changed_by, change.changed_at
            FROM payout
            LEFT JOIN payout_account AS account
              ON account.user_id = payout.user_id AND account.version = payout.account_version
            JOIN payout_change AS change ON change.payout_id = payout.id
            WHERE payout.id = $1 AND ($2::text IS NULL OR payout.user_id = $2)
            ORDER BY change.version
            """.formatted(COLUMNS);

    private static final String PAGE = "SELECT " + COLUMNS + """

            FROM payout
            LEFT JOIN payout_account AS account
              ON account.user_id = payout.user_id AND account.version = payout.account_version
            WHERE %s
            ORDER BY payout.created_at DESC, payout.id DESC
            LIMIT %d
            """;

    private final Pool pool;

    PayoutLookup(Pool pool) {
        this.pool = pool;
    }

    /**
     * Which payouts are looked for; what is absent does not matter.
     *
     * @param owner the only person whose payouts may be seen; absent for an operator
     */
    record Filter(
            Optional<String> owner,
            @Nullable Status status,
            @Nullable String userId,
            @Nullable String settlementId,
            boolean contradicted) {}

    /** Throws {@link Problem#NOT_FOUND} also for one that is somebody else's. */
    Uni<PayoutView> require(UUID payoutId, Optional<String> owner) {
        return pool.preparedQuery(ONE)
                .execute(Tuple.of(payoutId, owner.orElse(null)))
                .map(rows -> {
                    List<Row> changes =
                            StreamSupport.stream(rows.spliterator(), false).toList();
                    if (changes.isEmpty()) {
                        throw Problem.NOT_FOUND.because("You have no such payout.");
                    }
                    return PayoutView.withTimeline(changes);
                });
    }

    /** At most {@code limit} of them, newest first, beginning after this position. */
    Uni<List<PayoutView>> after(Position position, Filter filter, int limit) {
        Conditions conditions = new Conditions()
                .andIf("payout.user_id = $%d", filter.owner().orElse(null))
                .andIf("payout.user_id = $%d", filter.userId())
                .andIf(
                        "payout.status = $%d",
                        filter.status() == null ? null : filter.status().name())
                .andIf("payout.settlement_id = $%d", filter.settlementId())
                .and(
                        "(payout.created_at, payout.id) < ($%d, $%d)",
                        position.createdAt().atOffset(ZoneOffset.UTC), position.payoutId());
        if (filter.contradicted()) {
            conditions.and("payout.contradiction_open");
        }
        String query = PAGE.formatted(conditions.where(), limit);
        return pool.preparedQuery(query)
                .execute(conditions.values())
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(PayoutView::of)
                        .toList());
    }
}
