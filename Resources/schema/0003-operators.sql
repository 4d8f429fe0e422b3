-- Migration 3, in the dialect that SQLite and PostgreSQL share: operators who log in, and what they did.

-- Who it was, beyond the name: the user, the SSH key's fingerprint, the address. Null where there is none.
ALTER TABLE audit ADD COLUMN user_id BIGINT;
ALTER TABLE audit ADD COLUMN key_fingerprint TEXT;
ALTER TABLE audit ADD COLUMN source TEXT;
CREATE INDEX audit_by_time ON audit (at, sequence);

-- The signed ends of the audit log: the last one of each day.
CREATE TABLE audit_head (
  sequence INTEGER NOT NULL PRIMARY KEY CHECK (sequence > 0),
  day BIGINT NOT NULL,
  at BIGINT NOT NULL,
  hash BYTEA NOT NULL CHECK (length(hash) = 32),
  sign_key TEXT NOT NULL CHECK (length(sign_key) = 16),
  signature BYTEA NOT NULL CHECK (length(signature) = 64),
  -- Whether it was handed to the system's log.
  announced SMALLINT NOT NULL CHECK (announced IN (0, 1))
);
CREATE INDEX audit_head_of_day ON audit_head (day, sequence);

-- Behind which row the log was archived.
CREATE TABLE audit_checkpoint (
  id SMALLINT NOT NULL PRIMARY KEY CHECK (id = 1),
  sequence INTEGER NOT NULL CHECK (sequence > 0),
  at BIGINT NOT NULL,
  hash BYTEA NOT NULL CHECK (length(hash) = 32),
  sign_key TEXT NOT NULL CHECK (length(sign_key) = 16),
  signature BYTEA NOT NULL CHECK (length(signature) = 64)
);

-- Who is in the console, and when each user was seen last.
CREATE TABLE console_session (
  id BIGINT NOT NULL PRIMARY KEY CHECK (id > 0),
  account_id BIGINT NOT NULL REFERENCES account (id),
  front_end TEXT NOT NULL CHECK (front_end <> ''),
  source TEXT,
  started_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  open SMALLINT NOT NULL CHECK (open IN (0, 1))
);
CREATE INDEX console_session_of_account ON console_session (account_id, seen_at);
CREATE INDEX console_session_open ON console_session (seen_at) WHERE open = 1;
