-- Migration 7 of gate.db, in the dialect that SQLite and PostgreSQL share: how often each gate let tokens with a rate
-- through in the last minute, for the other gates.

CREATE TABLE gate_rate (
  gate_id BIGINT NOT NULL PRIMARY KEY CHECK (gate_id > 0),
  -- The gate raises this number with each report, so that others see that it still reports.
  turn BIGINT NOT NULL,
  -- Tokens and numbers of requests, "7:12", by a space between.
  counts TEXT NOT NULL
);
