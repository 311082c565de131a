package io.livesale.payout.posting;

import io.livesale.payout.Columns;
import io.livesale.payout.Ledger;
import io.livesale.payout.PayoutSettings;
import io.livesale.payout.posting.Conclusions.Decision;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * Acts on what was noted, once the sale is there as well: posts refunds and fixes the time of release. It looks after
 * {@link Recording} has committed: of two consumers that write the two halves of an order's story at the same moment,
 * the later one thus sees both.
 */
@ApplicationScoped
class Concluding {
    private static final Logger LOG = Logger.getLogger(Concluding.class);

    /** Locks the orders that wait for something and have their sale; those just paid have no row at all. */
    private static final String LOCK = """
            SELECT standing.order_id, standing.delivered_at, standing.completed_at, standing.release_at,
                   standing.released_at,
                   sale.kind, sale.seller_id, sale.creator_id, sale.settlement_profile, sale.currency,
                   sale.commission_basis_points, sale.fee_basis_points, sale.standard_fee_basis_points,
                   sale.programme_id,
                   sale.gross - standing.refunded AS gross,
                   sale.fee - standing.fee_reversed AS fee,
                   sale.commission - standing.commission_reversed AS commission,
                   sale.seller_net - standing.net_reversed AS seller_net,
                   sale.waived_fee - standing.waived_reversed AS waived_fee
            FROM order_standing AS standing
            JOIN sale ON sale.order_id = standing.order_id
            WHERE standing.order_id = ANY ($1)
            AND (standing.completed_at IS NOT NULL AND standing.release_at IS NULL
                 OR EXISTS (
                   SELECT
                   FROM refund
                   WHERE refund.order_id = standing.order_id AND NOT posted AND refused IS NULL))
            ORDER BY standing.order_id
            FOR UPDATE OF standing
            """;

    /** Those of locked orders, in an order that does not depend on when they came. */
    private static final String REFUNDS = """
            SELECT order_id, refund_id, cause, amount, currency, refunded_at
            FROM refund
            WHERE order_id = ANY ($1) AND NOT posted AND refused IS NULL
            ORDER BY order_id, refunded_at, refund_id
            """;

    private static final String STAND = """
            UPDATE order_standing AS standing
            SET refunded = sale.gross - batch.gross,
                fee_reversed = sale.fee - batch.fee,
                commission_reversed = sale.commission - batch.commission,
                net_reversed = sale.seller_net - batch.seller_net,
                waived_reversed = sale.waived_fee - batch.waived_fee,
                release_at = batch.release_at
            FROM unnest(
                   $1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::timestamptz[])
                   AS batch (order_id, gross, fee, commission, seller_net, waived_fee, release_at)
            JOIN sale ON sale.order_id = batch.order_id
            WHERE standing.order_id = batch.order_id
            """;

    private static final String DECIDE = """
            UPDATE refund
            SET posted = batch.refused IS NULL, refused = batch.refused
            FROM unnest($1::uuid[], $2::text[], $3::text[]) AS batch (order_id, refund_id, refused)
            WHERE refund.order_id = batch.order_id AND refund.refund_id = batch.refund_id
            """;

    private final Pool pool;
    private final Ledger ledger;
    private final PayoutSettings settings;
    private final PostingMeters meters;

    Concluding(Pool pool, Ledger ledger, PayoutSettings settings, PostingMeters meters) {
        this.pool = pool;
        this.ledger = ledger;
        this.settings = settings;
        this.meters = meters;
    }

    /** For those of these orders of which the sale is known: all that waits, or nothing. */
    Uni<Void> conclude(Collection<UUID> orderIds) {
        return pool.withTransaction(
                        connection -> lock(connection, orderIds).flatMap(standings -> conclude(connection, standings)))
                .invoke(this::report)
                .replaceWithVoid();
    }

    private Uni<Conclusions> conclude(SqlConnection connection, List<Standing> standings) {
        if (standings.isEmpty()) {
            return Uni.createFrom().item(new Conclusions(List.of(), List.of(), List.of()));
        }
        return refunds(connection, standings)
                .map(refunds -> Conclusions.of(standings, refunds))
                .call(conclusions -> stand(connection, conclusions.standings()))
                .call(conclusions -> decide(connection, conclusions.decisions()))
                .call(conclusions -> ledger.postAll(connection, conclusions.transactions()));
    }

    private static Uni<List<Standing>> lock(SqlConnection connection, Collection<UUID> orderIds) {
        return connection
                .preparedQuery(LOCK)
                .execute(Tuple.tuple().addArrayOfUUID(orderIds.toArray(UUID[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(ConclusionRows::standing)
                        .toList());
    }

    private static Uni<Map<UUID, List<Refund>>> refunds(SqlConnection connection, List<Standing> standings) {
        return connection
                .preparedQuery(REFUNDS)
                .execute(Columns.of(standings).uuids(Standing::orderId).tuple())
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(ConclusionRows::refund)
                        .collect(Collectors.groupingBy(Refund::orderId)));
    }

    private Uni<Void> stand(SqlConnection connection, List<Standing> standings) {
        return connection
                .preparedQuery(STAND)
                .execute(Columns.of(standings)
                        .uuids(Standing::orderId)
                        .amounts(standing -> standing.left().gross())
                        .amounts(standing -> standing.left().fee())
                        .amounts(standing -> standing.left().commission())
                        .amounts(standing -> standing.left().sellerNet())
                        .amounts(standing -> standing.left().waivedFee())
                        .times(standing -> standing.release().dueAt(settings.settlementPeriod()))
                        .tuple())
                .replaceWithVoid();
    }

    private static Uni<Void> decide(SqlConnection connection, List<Decision> decisions) {
        if (decisions.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return connection
                .preparedQuery(DECIDE)
                .execute(Columns.of(decisions)
                        .uuids(decision -> decision.refund().orderId())
                        .texts(decision -> decision.refund().refundId())
                        .texts(Decision::refused)
                        .tuple())
                .replaceWithVoid();
    }

    /** A person must find out how order-service could give back what was not there. */
    private void report(Conclusions conclusions) {
        meters.concluded(conclusions);
        conclusions
                .refusals()
                .forEach(refusal -> LOG.errorf(
                        "refund refused orderId=%s refundId=%s reason=%s",
                        refusal.refund().orderId(), refusal.refund().refundId(), refusal.refused()));
    }
}
