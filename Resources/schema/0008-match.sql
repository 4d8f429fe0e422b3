-- Migration 8, in the dialect that SQLite and PostgreSQL share: which paths an endpoint's address means.

-- A prefix is what every address was until now.
ALTER TABLE endpoint ADD COLUMN address_match TEXT NOT NULL DEFAULT 'prefix'
  CHECK (address_match IN ('prefix', 'exact'));
