-- Migration 5, in the dialect that SQLite and PostgreSQL share: what a backup is known by, and keys that are
-- exchanged.

-- What this store is, and all its backups.
CREATE TABLE store_identity (
  id SMALLINT NOT NULL PRIMARY KEY CHECK (id = 1),
  store_id TEXT NOT NULL CHECK (length(store_id) = 32)
);

-- By which keys the store goes, from the first time that one was exchanged.
CREATE TABLE token_key (
  kind TEXT NOT NULL CHECK (kind IN ('lookup', 'seal')),
  key_id TEXT NOT NULL CHECK (length(key_id) = 16),
  -- New Token IDs are kept under the current one; nothing is under the coming one yet; what is under the
  -- leaving one is being rewritten.
  state TEXT NOT NULL CHECK (state IN ('current', 'coming', 'leaving')),
  PRIMARY KEY (kind, key_id)
);
CREATE UNIQUE INDEX token_key_state ON token_key (kind, state);
