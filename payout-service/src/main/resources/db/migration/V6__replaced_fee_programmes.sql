-- Terms that were replaced stand for the payments of their time, however late those are posted.
ALTER TABLE fee_programme
  -- The first terms count for payments of before they were set, too: a programme may be entered late.
  ADD COLUMN stands_from TIMESTAMPTZ NOT NULL DEFAULT '-infinity';

CREATE TABLE fee_programme_replaced (
  id               TEXT        NOT NULL,
  name             TEXT        NOT NULL,
  counties         TEXT[]      NOT NULL,
  fee_basis_points INTEGER     NOT NULL,
  valid_from       TIMESTAMPTZ NOT NULL,
  valid_to         TIMESTAMPTZ,
  stood_from       TIMESTAMPTZ NOT NULL,
  stood_until      TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (id, stood_until)
);

CREATE INDEX fee_programme_replaced_by_county ON fee_programme_replaced USING gin (counties);

GRANT SELECT, INSERT ON fee_programme_replaced TO "${runtime_role}";
