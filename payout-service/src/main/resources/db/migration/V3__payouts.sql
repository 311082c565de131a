-- Where payees are paid. A change is a new version; a payout keeps the one it was made for.
CREATE TABLE payout_account (
  user_id       TEXT        NOT NULL,
  version       INTEGER     NOT NULL CHECK (version > 0),
  kind          TEXT        NOT NULL CHECK (kind IN ('BANK', 'WALLET')),
  holder        TEXT        NOT NULL,
  -- AES-256-GCM in base64; the number itself is nowhere in the database.
  sealed_number TEXT        NOT NULL,
  key_id        TEXT        NOT NULL,
  masked_number TEXT        NOT NULL,
  status        TEXT        NOT NULL CHECK (status IN ('PENDING', 'VERIFIED', 'REJECTED')),
  reason        TEXT,
  changed_at    TIMESTAMPTZ NOT NULL,
  -- When the provider is asked about it again.
  next_check_at TIMESTAMPTZ,
  checks        INTEGER     NOT NULL DEFAULT 0,
  PRIMARY KEY (user_id, version),
  CHECK ((next_check_at IS NOT NULL) = (status = 'PENDING'))
);

CREATE INDEX payout_account_to_check ON payout_account (next_check_at) WHERE next_check_at IS NOT NULL;
CREATE INDEX payout_account_by_key ON payout_account (key_id);

-- A run over all payees, by pages in the order of (account, currency); the cursor is the last payee looked at.
CREATE TABLE settlement (
  id              TEXT        PRIMARY KEY,
  status          TEXT        NOT NULL CHECK (status IN ('RUNNING', 'DONE')),
  requested_by    TEXT        NOT NULL,
  started_at      TIMESTAMPTZ NOT NULL,
  finished_at     TIMESTAMPTZ,
  cursor_account  TEXT        NOT NULL DEFAULT '',
  cursor_currency TEXT        NOT NULL DEFAULT '',
  payouts         BIGINT      NOT NULL DEFAULT 0,
  below_minimum   BIGINT      NOT NULL DEFAULT 0,
  account_missing BIGINT      NOT NULL DEFAULT 0,
  CHECK ((finished_at IS NOT NULL) = (status = 'DONE'))
);

CREATE INDEX settlement_running ON settlement (started_at) WHERE status = 'RUNNING';
CREATE INDEX settlement_by_time ON settlement (started_at, id);

CREATE TABLE settlement_total (
  settlement_id TEXT   NOT NULL REFERENCES settlement,
  currency      TEXT   NOT NULL,
  amount        BIGINT NOT NULL CHECK (amount > 0),
  PRIMARY KEY (settlement_id, currency)
);

-- What a settlement walks along: one row in five or so. Balances change without touching it.
CREATE INDEX account_balance_available ON account_balance (account, currency) WHERE account LIKE 'party:%:available';

CREATE TABLE payout (
  id              UUID        PRIMARY KEY,
  settlement_id   TEXT        NOT NULL REFERENCES settlement,
  user_id         TEXT        NOT NULL,
  currency        TEXT        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  amount          BIGINT      NOT NULL CHECK (amount > 0),
  account_version INTEGER     NOT NULL,
  status          TEXT        NOT NULL
    CHECK (status IN ('PENDING', 'HELD', 'IN_TRANSIT', 'PAID', 'FAILED', 'CANCELLED')),
  reason          TEXT,
  version         INTEGER     NOT NULL CHECK (version > 0),
  created_at      TIMESTAMPTZ NOT NULL,
  -- When the provider is called, or asked again.
  next_call_at    TIMESTAMPTZ,
  calls           INTEGER     NOT NULL DEFAULT 0,
  FOREIGN KEY (user_id, account_version) REFERENCES payout_account (user_id, version),
  -- Whatever the code above does: one settlement pays one person once in one currency.
  UNIQUE (settlement_id, user_id, currency),
  CHECK ((next_call_at IS NOT NULL) = (status IN ('PENDING', 'IN_TRANSIT')))
);

CREATE INDEX payout_due ON payout (next_call_at) WHERE next_call_at IS NOT NULL;
CREATE INDEX payout_by_user ON payout (user_id, created_at, id);
CREATE INDEX payout_by_settlement ON payout (settlement_id, created_at, id);
CREATE INDEX payout_by_status ON payout (status, created_at, id);
CREATE INDEX payout_by_time ON payout (created_at, id);

-- A payout's timeline, and the numbers of its events.
CREATE TABLE payout_change (
  payout_id  UUID        NOT NULL REFERENCES payout,
  version    INTEGER     NOT NULL,
  status     TEXT        NOT NULL,
  reason     TEXT,
  -- The operator who changed it; absent when the service did by itself.
  changed_by TEXT,
  changed_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (payout_id, version)
);

-- Events on their way to payouts.v1; emptied by the relay.
CREATE TABLE outbox (
  id          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  message_key TEXT        NOT NULL,
  event_id    TEXT        NOT NULL,
  event_type  TEXT        NOT NULL,
  occurred_at TIMESTAMPTZ NOT NULL,
  data        TEXT        NOT NULL
);

CREATE INDEX outbox_by_key ON outbox (message_key, id);

-- Who did what.
CREATE TABLE audit_entry (
  id          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  actor       TEXT        NOT NULL,
  action      TEXT        NOT NULL,
  subject     TEXT        NOT NULL,
  detail      TEXT,
  recorded_at TIMESTAMPTZ NOT NULL
);

GRANT SELECT, INSERT ON payout_account, settlement, settlement_total, payout, payout_change, outbox, audit_entry
  TO "${runtime_role}";
-- What was asked for stays as it was; only how far it is may change.
GRANT UPDATE (sealed_number, key_id, status, reason, next_check_at, checks) ON payout_account TO "${runtime_role}";
GRANT UPDATE (status, finished_at, cursor_account, cursor_currency, payouts, below_minimum, account_missing)
  ON settlement TO "${runtime_role}";
GRANT UPDATE (amount) ON settlement_total TO "${runtime_role}";
GRANT UPDATE (status, reason, version, next_call_at, calls) ON payout TO "${runtime_role}";
GRANT DELETE ON outbox TO "${runtime_role}";
