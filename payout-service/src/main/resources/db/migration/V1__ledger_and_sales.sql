-- Double entry, append-only. The service's runtime role may insert and read postings, never change or delete them.
CREATE TABLE ledger_transaction (
  id          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- The id of the event that caused it: what makes a repeat change nothing.
  cause       TEXT        NOT NULL UNIQUE,
  kind        TEXT        NOT NULL,
  order_id    UUID,
  occurred_at TIMESTAMPTZ NOT NULL,
  posted_at   TIMESTAMPTZ NOT NULL DEFAULT now()
);

-- One sale per order, whatever events tell of its payment.
CREATE UNIQUE INDEX ledger_transaction_sale ON ledger_transaction (order_id) WHERE kind = 'SALE';

CREATE TABLE posting (
  transaction_id BIGINT   NOT NULL REFERENCES ledger_transaction,
  line           SMALLINT NOT NULL,
  account        TEXT     NOT NULL,
  currency       TEXT     NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  amount         BIGINT   NOT NULL CHECK (amount <> 0),
  PRIMARY KEY (transaction_id, line)
);

CREATE FUNCTION posting_sums_to_zero() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum(amount) FROM posting WHERE transaction_id = NEW.transaction_id AND currency = NEW.currency) <> 0 THEN
    RAISE EXCEPTION 'ledger transaction % does not sum to zero in %', NEW.transaction_id, NEW.currency
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END
$$;

-- Asked at commit, when all postings are there: one look-up by primary key for each, some 10 microseconds, so that a
-- batch of a thousand sales pays about 50 milliseconds for never holding a transaction that does not balance.
CREATE CONSTRAINT TRIGGER posting_sums_to_zero
  AFTER INSERT OR UPDATE ON posting
  DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION posting_sums_to_zero();

-- A cache of the postings' sums; GET /ledger/verification compares the two. Pages keep room for in-place updates.
CREATE TABLE account_balance (
  account  TEXT   NOT NULL,
  currency TEXT   NOT NULL,
  balance  BIGINT NOT NULL,
  PRIMARY KEY (account, currency)
) WITH (fillfactor = 70);

-- The statement line of a paid order: amounts in minor units, rates as they were applied, never recomputed.
CREATE TABLE sale (
  order_id                  UUID        PRIMARY KEY,
  offer_id                  UUID        NOT NULL,
  session_id                UUID        NOT NULL,
  kind                      TEXT        NOT NULL,
  units                     INTEGER     NOT NULL CHECK (units > 0),
  seller_id                 TEXT,
  creator_id                TEXT        NOT NULL,
  county                    TEXT,
  currency                  TEXT        NOT NULL,
  gross                     BIGINT      NOT NULL,
  fee                       BIGINT      NOT NULL CHECK (fee >= 0),
  commission                BIGINT      NOT NULL CHECK (commission >= 0),
  seller_net                BIGINT      NOT NULL CHECK (seller_net >= 0),
  waived_fee                BIGINT      NOT NULL CHECK (waived_fee >= 0),
  fee_basis_points          INTEGER     NOT NULL,
  standard_fee_basis_points INTEGER     NOT NULL,
  commission_basis_points   INTEGER     NOT NULL,
  programme_id              TEXT,
  settlement_profile        TEXT,
  state                     TEXT        NOT NULL DEFAULT 'PENDING',
  paid_at                   TIMESTAMPTZ NOT NULL,
  CHECK (fee + commission + seller_net = gross)
);

CREATE INDEX sale_by_seller ON sale (seller_id, paid_at, order_id) WHERE seller_id IS NOT NULL;
CREATE INDEX sale_by_creator ON sale (creator_id, paid_at, order_id);

CREATE TABLE fee_programme (
  id               TEXT        PRIMARY KEY,
  name             TEXT        NOT NULL,
  counties         TEXT[]      NOT NULL CHECK (cardinality(counties) > 0),
  fee_basis_points INTEGER     NOT NULL CHECK (fee_basis_points BETWEEN 0 AND 10000),
  valid_from       TIMESTAMPTZ NOT NULL,
  valid_to         TIMESTAMPTZ CHECK (valid_to > valid_from)
);

CREATE INDEX fee_programme_by_county ON fee_programme USING gin (counties);

GRANT SELECT, INSERT ON ledger_transaction, posting, sale TO "${runtime_role}";
GRANT SELECT, INSERT, UPDATE ON account_balance, fee_programme TO "${runtime_role}";
