-- Migration 10, in the dialect that SQLite and PostgreSQL share: refusals that are summed up in one audit row.

CREATE TABLE refusal (
  -- The user's id as text; empty for an operator without a user.
  user_id TEXT NOT NULL,
  actor TEXT NOT NULL,
  -- What was refused, in one of some words.
  kind TEXT NOT NULL,
  count BIGINT NOT NULL CHECK (count > 0),
  since BIGINT NOT NULL,
  until BIGINT NOT NULL,
  PRIMARY KEY (user_id, actor, kind)
);
