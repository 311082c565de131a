-- What the provider told against what was known: open until it turns out to be so, or a person has found out.
ALTER TABLE payout
  ADD COLUMN contradiction TEXT CHECK (contradiction IN ('PAID', 'FAILED')),
  ADD COLUMN contradiction_open BOOLEAN NOT NULL DEFAULT FALSE;

CREATE INDEX payout_contradicted ON payout (user_id, created_at, id) WHERE contradiction_open;

GRANT UPDATE (contradiction, contradiction_open) ON payout TO "${runtime_role}";
