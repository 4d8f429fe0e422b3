-- Migration 17, in the dialect that SQLite and PostgreSQL share: a person's own settings of the console. No decision
-- rests on them.

-- The document of settings as the person wrote it, never a secret. Who comes over SSH has no file here.
CREATE TABLE console_settings (
  account_id BIGINT NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  at BIGINT NOT NULL,
  document TEXT NOT NULL CHECK (length(document) <= 65536)
);
