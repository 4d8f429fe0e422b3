-- Migration 4, in the dialect that SQLite and PostgreSQL share: settings, and what people left pending.

-- What was set: for the whole store where there is no account, else for that user. What isn't there has its
-- default. The keys and values are those of Access's list of settings.
CREATE TABLE setting (
  key TEXT NOT NULL CHECK (key <> ''),
  account_id BIGINT REFERENCES account (id) ON DELETE CASCADE,
  value TEXT NOT NULL CHECK (length(value) <= 1000)
);
CREATE UNIQUE INDEX setting_of_store ON setting (key) WHERE account_id IS NULL;
CREATE UNIQUE INDEX setting_of_account ON setting (account_id, key) WHERE account_id IS NOT NULL;

-- Changes that a user had pending on a page when their session ended: ids and names, never a secret.
CREATE TABLE draft (
  account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  place TEXT NOT NULL CHECK (place <> ''),
  title TEXT NOT NULL,
  at BIGINT NOT NULL,
  document TEXT NOT NULL CHECK (length(document) BETWEEN 1 AND 1000000),
  PRIMARY KEY (account_id, place)
);
