-- Migration 1 of gate.db, what the gate writes, in the dialect that SQLite and PostgreSQL share.
-- Ids are those of popsec.db. Instants are whole seconds since 1970-01-01T00:00:00Z.

CREATE TABLE migration (
  number INTEGER NOT NULL PRIMARY KEY CHECK (number > 0),
  name TEXT NOT NULL,
  applied_at BIGINT NOT NULL
);

-- The use of each Token ID.
CREATE TABLE token_use (
  secret_id BIGINT NOT NULL PRIMARY KEY CHECK (secret_id > 0),
  token_id BIGINT NOT NULL CHECK (token_id > 0),
  account_id BIGINT NOT NULL CHECK (account_id > 0),
  first_used_at BIGINT,
  last_used_at BIGINT,
  -- Of the last use.
  source TEXT,
  place_kind TEXT CHECK (place_kind IN ('widget', 'endpoint', 'api')),
  place_id BIGINT,
  use_count BIGINT NOT NULL CHECK (use_count >= 0),
  denial_count BIGINT NOT NULL CHECK (denial_count >= 0),
  last_denied_at BIGINT,
  CONSTRAINT used_has_times CHECK ((use_count = 0) = (first_used_at IS NULL)
    AND (first_used_at IS NULL) = (last_used_at IS NULL)),
  CONSTRAINT place_is_whole CHECK ((place_kind IS NULL) = (place_id IS NULL))
);
CREATE INDEX token_use_of_token ON token_use (token_id);
CREATE INDEX token_use_by_time ON token_use (last_used_at, secret_id) WHERE last_used_at IS NOT NULL;

-- The latest denials, each with its explanation as JSON.
CREATE TABLE denial (
  number INTEGER NOT NULL PRIMARY KEY,
  id TEXT NOT NULL UNIQUE CHECK (length(id) = 16),
  at BIGINT NOT NULL,
  document TEXT NOT NULL CHECK (document <> '')
);
CREATE INDEX denial_by_time ON denial (at);
