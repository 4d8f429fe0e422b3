-- Migration 10, in the dialect that SQLite and PostgreSQL share: refusals beyond those that get a row of the audit
-- log each. They are counted here until a row of the log sums them up.
CREATE TABLE refusal (
  actor TEXT NOT NULL,
  front_end TEXT NOT NULL,
  user_id BIGINT,
  key_fingerprint TEXT,
  -- Empty for who did not come over SSH.
  source TEXT NOT NULL,
  began_at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL,
  times BIGINT NOT NULL CHECK (times > 0),
  -- What was refused last, in words.
  latest TEXT NOT NULL,
  PRIMARY KEY (actor, front_end, source)
);
