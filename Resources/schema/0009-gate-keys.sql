-- Migration 9, in the dialect that SQLite and PostgreSQL share: the public keys by which applications know what
-- gates sign.

CREATE TABLE gate_key (
  -- The thumbprint of the key (RFC 7638).
  key_id TEXT NOT NULL PRIMARY KEY CHECK (length(key_id) = 43),
  -- Ed25519 (RFC 8032).
  public_key BYTEA NOT NULL CHECK (length(public_key) = 32),
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL CHECK (name_key <> ''),
  added_at BIGINT NOT NULL,
  added_by TEXT NOT NULL,
  -- Set once: from then on nobody is to believe the key.
  retired_at BIGINT,
  -- By the store's signing key, which whoever writes the database need not have. What isn't signed counts for nothing.
  sign_key TEXT NOT NULL CHECK (length(sign_key) = 16),
  signature BYTEA NOT NULL CHECK (length(signature) = 64)
);
CREATE UNIQUE INDEX gate_key_name ON gate_key (name_key) WHERE retired_at IS NULL;
