-- What happens after the payment: refunds, release, reserve; and transactions that belong to a payout.
ALTER TABLE ledger_transaction
  ADD COLUMN payout_id UUID,
  ADD CHECK (order_id IS NULL OR payout_id IS NULL);
-- A payout arrives or comes back: once, and never both.
CREATE UNIQUE INDEX ledger_transaction_payout_end ON ledger_transaction (payout_id)
  WHERE kind IN ('PAYOUT_PAID', 'PAYOUT_RETURNED');

-- Where an order stands after its payment. Inserted by the first event that is not the payment, and a sale may come
-- later than that: hence no reference to sale, which itself never changes.
CREATE TABLE order_standing (
  order_id            UUID   PRIMARY KEY,
  delivered_at        TIMESTAMPTZ,
  completed_at        TIMESTAMPTZ,
  -- Taken back by refunds: of the sale's gross, and of each of its parts. Minor units of the sale's currency. A part may
  -- go a unit the other way for a while, for parts are rounded: the whole never does.
  refunded            BIGINT NOT NULL DEFAULT 0 CHECK (refunded >= 0),
  fee_reversed        BIGINT NOT NULL DEFAULT 0,
  commission_reversed BIGINT NOT NULL DEFAULT 0,
  net_reversed        BIGINT NOT NULL DEFAULT 0,
  waived_reversed     BIGINT NOT NULL DEFAULT 0,
  -- When the money is due to be released: fixed once sale, delivery and completion are known.
  release_at          TIMESTAMPTZ,
  released_at         TIMESTAMPTZ,
  -- Held back of each party's release, until then.
  seller_reserve      BIGINT NOT NULL DEFAULT 0 CHECK (seller_reserve >= 0),
  creator_reserve     BIGINT NOT NULL DEFAULT 0 CHECK (creator_reserve >= 0),
  reserve_until       TIMESTAMPTZ,
  reserve_freed_at    TIMESTAMPTZ,
  CHECK (fee_reversed + commission_reversed + net_reversed = refunded)
);

CREATE INDEX order_standing_waiting ON order_standing (order_id)
  WHERE completed_at IS NOT NULL AND release_at IS NULL;
CREATE INDEX order_standing_to_release ON order_standing (release_at)
  WHERE released_at IS NULL;
CREATE INDEX order_standing_reserved ON order_standing (reserve_until)
  WHERE reserve_until IS NOT NULL AND reserve_freed_at IS NULL;

-- Refunds as they were told. One counts once, whatever events tell of it, and waits here while its sale is not known.
CREATE TABLE refund (
  order_id    UUID        NOT NULL,
  refund_id   TEXT        NOT NULL,
  -- The id of the event that told of it first: the cause of its ledger transaction.
  cause       TEXT        NOT NULL,
  amount      BIGINT      NOT NULL CHECK (amount > 0),
  currency    TEXT        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  -- Whoever asked for it, where the event says so.
  refunded_by TEXT,
  refunded_at TIMESTAMPTZ NOT NULL,
  posted      BOOLEAN     NOT NULL DEFAULT false,
  -- Why it will never be posted: a person must look at it.
  refused     TEXT,
  PRIMARY KEY (order_id, refund_id),
  CHECK (NOT posted OR refused IS NULL)
);

CREATE INDEX refund_waiting ON refund (order_id) WHERE NOT posted AND refused IS NULL;

GRANT SELECT, INSERT ON order_standing, refund TO "${runtime_role}";
GRANT UPDATE (
  delivered_at, completed_at,
  refunded, fee_reversed, commission_reversed, net_reversed, waived_reversed,
  release_at, released_at, seller_reserve, creator_reserve, reserve_until, reserve_freed_at
) ON order_standing TO "${runtime_role}";
GRANT UPDATE (posted, refused) ON refund TO "${runtime_role}";
