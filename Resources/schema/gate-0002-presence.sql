-- Migration 2 of gate.db, in the dialect that SQLite and PostgreSQL share: the gates that run, and the lookup
-- keys that they know, so that no key is exchanged under one that could not follow.

CREATE TABLE gate_presence (
  id BIGINT NOT NULL PRIMARY KEY CHECK (id > 0),
  process BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  -- Ids, by a space between.
  lookup_keys TEXT NOT NULL
);
