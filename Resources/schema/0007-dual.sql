-- Migration 7, in the dialect that SQLite and PostgreSQL share: what waits for a second person.

CREATE TABLE proposal (
  -- Of the audit row by which it was asked for.
  number BIGINT NOT NULL PRIMARY KEY CHECK (number > 0),
  at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  -- Null for an operator without a user.
  user_id BIGINT,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL,
  -- What it is about, in words.
  title TEXT NOT NULL CHECK (title <> ''),
  -- What is to be done: ids and values, or a security file; never a secret.
  document TEXT NOT NULL,
  -- The SHA-256 of what it was computed from.
  basis TEXT NOT NULL,
  state TEXT NOT NULL,
  decided_by TEXT,
  decided_at BIGINT
);
CREATE INDEX proposal_by_state ON proposal (state, number);
CREATE INDEX proposal_by_time ON proposal (at);
