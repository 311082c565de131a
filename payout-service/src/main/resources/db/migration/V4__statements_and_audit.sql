-- When the ledger took a posting, beside the posting itself: what a person's month is made of. Both defaults are the
-- database transaction's time, so a posting and its ledger transaction never differ.
ALTER TABLE posting ADD COLUMN posted_at TIMESTAMPTZ;
ALTER TABLE posting DISABLE TRIGGER posting_sums_to_zero;
UPDATE posting
SET posted_at = ledger_transaction.posted_at
FROM ledger_transaction
WHERE ledger_transaction.id = transaction_id;
ALTER TABLE posting ENABLE TRIGGER posting_sums_to_zero;
ALTER TABLE posting
  ALTER COLUMN posted_at SET DEFAULT now(),
  ALTER COLUMN posted_at SET NOT NULL;

-- A person's movements in the order in which they were booked, and their sums, without a look at the table. The
-- platform's own accounts stay out: every sale touches them, and nobody reads them line by line.
CREATE INDEX posting_of_party ON posting (account, currency, posted_at, transaction_id) INCLUDE (amount)
  WHERE account LIKE 'party:%';

-- Refunds are few among the transactions of a ledger; its verification looks at all of them.
CREATE INDEX ledger_transaction_refund ON ledger_transaction (order_id) WHERE kind = 'REFUND';

CREATE INDEX audit_entry_by_actor ON audit_entry (actor, id);
CREATE INDEX audit_entry_by_action ON audit_entry (action, id);
CREATE INDEX audit_entry_by_subject ON audit_entry (subject, id);

-- Whoever gives money back is remembered in the statement that takes the fact, once for each refund however often it is
-- told. The order's events say who asked for it where they know.
CREATE FUNCTION refund_is_remembered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_entry (actor, action, subject, detail, recorded_at)
  SELECT
    coalesce(refunded_by, 'order-service'), 'ORDER_REFUNDED', order_id::text,
    refund_id || ': ' || amount || ' ' || currency, now()
  FROM told
  ORDER BY order_id, refund_id;
  RETURN NULL;
END
$$;

CREATE TRIGGER refund_is_remembered
  AFTER INSERT ON refund
  REFERENCING NEW TABLE AS told
  FOR EACH STATEMENT EXECUTE FUNCTION refund_is_remembered();
