-- Migration 5 of gate.db, in the dialect that SQLite and PostgreSQL share: how much gates decided, hour by hour.

CREATE TABLE hour_sum (
  -- The first second of the hour.
  hour BIGINT NOT NULL PRIMARY KEY,
  allowed BIGINT NOT NULL CHECK (allowed >= 0),
  denied BIGINT NOT NULL CHECK (denied >= 0)
);
