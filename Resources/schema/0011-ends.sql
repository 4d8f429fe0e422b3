-- Migration 11, in the dialect that SQLite and PostgreSQL share: which token ends next, as time passes.

-- Which of several ends is the next one changes without a write. So what an account has of itself is the last
-- one, which says whether any lies ahead, and those ahead are looked up in order.
ALTER TABLE account RENAME COLUMN next_expiry_at TO last_expiry_at;
UPDATE account SET last_expiry_at = (
  SELECT max(expires_at) FROM token WHERE account_id = account.id AND revoked_at IS NULL AND disabled = 0)
WHERE last_expiry_at IS NOT NULL;

-- The ends of tokens that are neither revoked nor disabled, of living accounts.
CREATE TABLE token_end (
  token_id BIGINT NOT NULL,
  account_number INTEGER NOT NULL REFERENCES account (number),
  ends_at BIGINT NOT NULL,
  -- Of the account, so that accounts can be listed in order.
  kind TEXT NOT NULL CHECK (kind IN ('user', 'apiUser')),
  name_key TEXT NOT NULL,
  search_key TEXT
);
INSERT INTO token_end (token_id, account_number, ends_at, kind, name_key, search_key)
SELECT t.id, a.number, t.expires_at, a.kind, a.name_key, a.search_key
FROM token AS t JOIN account AS a ON a.id = t.account_id
WHERE t.expires_at IS NOT NULL AND t.revoked_at IS NULL AND t.disabled = 0 AND a.deleted_at IS NULL;
CREATE UNIQUE INDEX token_end_in_order ON token_end (kind, ends_at, name_key, token_id, search_key, account_number);
CREATE INDEX token_end_of_account ON token_end (account_number, ends_at, token_id);
