-- Migration 19, in the dialect that SQLite and PostgreSQL share: whose decisions each change may have altered.

-- One row for each of the last generations. A generation without a row may have altered anybody's decisions.
CREATE TABLE altered (
  generation BIGINT NOT NULL PRIMARY KEY CHECK (generation > 0),
  -- The ids of users and API users, each behind a space; empty where nobody's decisions changed, and null where
  -- anybody's may have.
  accounts TEXT
);
