-- Every decision about a creator; the creator's own row keeps the last.
CREATE TABLE verification_decision (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    creator_id text NOT NULL REFERENCES creator,
    status     text NOT NULL CHECK (status IN ('VERIFIED', 'REJECTED')),
    reason     text NOT NULL,
    -- Not known of decisions taken before there was a history.
    decided_by text,
    decided_at timestamptz NOT NULL
);

CREATE INDEX verification_decision_of_creator ON verification_decision (creator_id, id);

INSERT INTO verification_decision (creator_id, status, reason, decided_at)
SELECT id, verification, verification_reason, decided_at
FROM creator
WHERE decided_at IS NOT NULL
ORDER BY decided_at;

ALTER TABLE creator
    ADD COLUMN decided_by text,
    -- The order in which they introduced themselves: who has waited longest is looked at first.
    ADD COLUMN arrival bigint GENERATED ALWAYS AS IDENTITY UNIQUE;

CREATE INDEX creator_by_verification ON creator (verification, arrival);

-- A history is added to, never changed.
GRANT SELECT, INSERT ON verification_decision TO "${runtime_role}";
