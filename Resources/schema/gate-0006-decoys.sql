-- Migration 6 of gate.db, in the dialect that SQLite and PostgreSQL share: which decoys were presented. Of decoys that were
-- not, no database tells.

CREATE TABLE decoy_use (
  decoy_id BIGINT NOT NULL CHECK (decoy_id > 0),
  -- The beginning of the day (UTC).
  day BIGINT NOT NULL,
  -- The address, or '' where it is not known or where there were too many.
  source TEXT NOT NULL,
  first_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  use_count BIGINT NOT NULL CHECK (use_count > 0),
  -- The first presentation, as JSON.
  document TEXT NOT NULL CHECK (document <> ''),
  PRIMARY KEY (decoy_id, day, source)
);
CREATE INDEX decoy_use_by_time ON decoy_use (first_at, decoy_id, source);
