package io.livesale.payout.impact;

import io.livesale.payout.Columns;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Keeps what is told of offers, a batch by one statement. Facts never change, a count only grows and a first time only
 * gets earlier: repeats, any order of arrival and a replay from the start come to the same, with no version to compare.
 */
@ApplicationScoped
class OfferBook {
    private static final String KEEP_FACTS = """
            INSERT INTO offer (
              offer_id, session_id, creator_id, kind, currency, county_designated, creator_county,
              creator_county_designated, opened_at)
            SELECT *
            FROM unnest(
              $1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::boolean[], $7::text[], $8::boolean[],
              $9::timestamptz[]) AS told (offer_id)
            ORDER BY offer_id
            ON CONFLICT DO NOTHING
            """;

    private static final String KEEP_FIGURES = """
            INSERT INTO offer_sales (offer_id, orders, sold_out_at)
            SELECT offer_id, coalesce(max(orders), 0), min(told_at) FILTER (WHERE remaining = 0)
            FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::timestamptz[])
              AS told (offer_id, orders, remaining, told_at)
            GROUP BY offer_id
            ORDER BY offer_id
            ON CONFLICT (offer_id) DO UPDATE
              SET orders = greatest(offer_sales.orders, excluded.orders),
                  sold_out_at = least(offer_sales.sold_out_at, excluded.sold_out_at)
            """;

    private final Pool pool;

    OfferBook(Pool pool) {
        this.pool = pool;
    }

    Uni<Void> keepFacts(List<OfferFacts> told) {
        return keep(
                KEEP_FACTS,
                Columns.of(told)
                        .uuids(OfferFacts::offerId)
                        .uuids(OfferFacts::sessionId)
                        .texts(OfferFacts::creatorId)
                        .texts(facts -> facts.kind().name())
                        .currencies(OfferFacts::price)
                        .booleans(OfferFacts::countyDesignated)
                        .texts(OfferFacts::creatorCounty)
                        .booleans(OfferFacts::creatorCountyDesignated)
                        .times(OfferFacts::openedAt));
    }

    Uni<Void> keepFigures(List<OfferFigures> told) {
        return keep(
                KEEP_FIGURES,
                Columns.of(told)
                        .uuids(OfferFigures::offerId)
                        .longs(OfferFigures::orders)
                        .longs(OfferFigures::remaining)
                        .times(OfferFigures::at));
    }

    private Uni<Void> keep(String statement, Columns<?> told) {
        return pool.preparedQuery(statement).execute(told.tuple()).replaceWithVoid();
    }
}
