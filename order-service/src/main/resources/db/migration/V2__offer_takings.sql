-- What an offer's orders came to: how many were decided, and the money, in minor units of the offer's price.
ALTER TABLE offer
    ADD COLUMN orders     bigint NOT NULL DEFAULT 0,
    ADD COLUMN gross      bigint NOT NULL DEFAULT 0,
    ADD COLUMN commission bigint NOT NULL DEFAULT 0;

-- Of the orders that are there already, once; from now on each batch moves the sums. Of an offer that was not known yet
-- nothing was counted. Money of a cancelled, expired or rejected order went back, or never came.
WITH takings AS (
    SELECT orders.offer_id,
           orders.total_amount - coalesce(
               (SELECT sum((refund -> 'amount' ->> 'amount')::bigint)
                FROM jsonb_array_elements(orders.refunds) AS refund
                WHERE NOT (refund ->> 'refused')::boolean), 0) AS amount,
           orders.status IN ('PAID', 'SHIPPED', 'DELIVERED', 'COMPLETED') AS paid
    FROM orders
    WHERE orders.reason IS DISTINCT FROM 'OFFER_UNKNOWN'
), counted AS (
    SELECT takings.offer_id,
           count(*) AS orders,
           coalesce(sum(takings.amount) FILTER (WHERE takings.paid), 0) AS gross,
           coalesce(sum(div(takings.amount * (offer.terms ->> 'commissionBasisPoints')::integer, 10000))
                        FILTER (WHERE takings.paid), 0) AS commission
    FROM takings
    JOIN offer USING (offer_id)
    GROUP BY takings.offer_id
)
UPDATE offer
SET orders = counted.orders,
    gross = counted.gross,
    commission = counted.commission
FROM counted
WHERE offer.offer_id = counted.offer_id;

COMMENT ON TABLE partition_progress IS
    'How far each partition of the command log is decided. Nobody locks a row before deciding: the batch''s transaction '
    'moves it from where the batch begins to where it ends, which only one writer can, and a zombie''s fails.';
