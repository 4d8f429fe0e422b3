-- Migration 8 of gate.db, in the dialect that SQLite and PostgreSQL share: what gates answered by what they knew, while the
-- database of their store was out of reach. A gate on a store in a folder never does that.

CREATE TABLE stale_span (
  -- The gate chooses it, so that a span that is written twice is one row.
  id BIGINT NOT NULL PRIMARY KEY CHECK (id > 0),
  -- The gate's host, and its process there.
  host TEXT NOT NULL CHECK (host <> ''),
  process BIGINT NOT NULL,
  -- The first such answer, and the last one.
  first_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  answer_count BIGINT NOT NULL CHECK (answer_count > 0),
  CONSTRAINT span_has_order CHECK (first_at <= last_at)
);
CREATE INDEX stale_span_by_time ON stale_span (first_at, id);
