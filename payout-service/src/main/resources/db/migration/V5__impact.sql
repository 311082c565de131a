-- What reports need to know of an offer, as offers.v1 tells it: frozen when the offer opened, so written once. Where the
-- counties' designation was not told, it is not known.
CREATE TABLE offer (
  offer_id                  UUID        PRIMARY KEY,
  session_id                UUID        NOT NULL,
  creator_id                TEXT        NOT NULL,
  kind                      TEXT        NOT NULL,
  currency                  TEXT        NOT NULL,
  county_designated         BOOLEAN,
  creator_county            TEXT,
  creator_county_designated BOOLEAN,
  opened_at                 TIMESTAMPTZ NOT NULL
);

CREATE INDEX offer_by_opening ON offer (opened_at, session_id);
CREATE INDEX offer_by_session ON offer (session_id);

-- What an offer's orders came to, as offer-sales.v1 tells it, possibly before the offer: how many were decided so far, and
-- when first no unit was left.
CREATE TABLE offer_sales (
  offer_id    UUID        PRIMARY KEY,
  orders      BIGINT      NOT NULL CHECK (orders >= 0),
  sold_out_at TIMESTAMPTZ
);

-- Reports read the sales of a time. Sales are stored about in the order of their payment, so that a summary of each
-- megabyte tells which to read, and costs the posting of a sale next to nothing.
CREATE INDEX sale_by_time ON sale USING brin (paid_at) WITH (autosummarize = on);

-- What is left of each sale after its refunds, and where it came from: a product from its county of origin, a gift from
-- its creator's home. A sale that was refunded in full no longer stands.
CREATE VIEW sale_left AS
SELECT
  sale.order_id,
  sale.session_id,
  sale.seller_id,
  sale.creator_id,
  sale.programme_id,
  sale.paid_at,
  sale.units,
  sale.currency,
  sale.gross - coalesce(standing.refunded, 0) AS gross,
  sale.fee - coalesce(standing.fee_reversed, 0) AS fee,
  sale.commission - coalesce(standing.commission_reversed, 0) AS commission,
  sale.seller_net - coalesce(standing.net_reversed, 0) AS seller_net,
  sale.waived_fee - coalesce(standing.waived_reversed, 0) AS waived_fee,
  sale.gross = 0 OR sale.gross > coalesce(standing.refunded, 0) AS stands,
  CASE sale.kind WHEN 'GIFT' THEN offer.creator_county ELSE sale.county END AS county,
  coalesce(CASE sale.kind WHEN 'GIFT' THEN offer.creator_county_designated ELSE offer.county_designated END, FALSE)
    AS designated,
  coalesce(offer.county_designated, FALSE) AS seller_designated,
  coalesce(offer.creator_county_designated, FALSE) AS creator_designated
FROM sale
LEFT JOIN order_standing AS standing USING (order_id)
LEFT JOIN offer USING (offer_id);

GRANT SELECT, INSERT ON offer TO "${runtime_role}";
GRANT SELECT, INSERT, UPDATE ON offer_sales TO "${runtime_role}";
GRANT SELECT ON sale_left TO "${runtime_role}";
