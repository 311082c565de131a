-- Nobody knows any more where a payout went that was made after the backup that the database was restored from.
ALTER TABLE payout
  ALTER COLUMN account_version DROP NOT NULL,
  ADD CONSTRAINT payout_account_known
    CHECK (account_version IS NOT NULL OR status IN ('PAID', 'FAILED', 'CANCELLED')) NOT VALID;
