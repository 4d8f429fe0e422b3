-- Migration 2, in the dialect that SQLite and PostgreSQL share: what the gate needs.

-- Raised in the transaction of every change that can alter a decision, so that whoever keeps in memory
-- what it read knows when to forget.
CREATE TABLE generation (
  id SMALLINT NOT NULL PRIMARY KEY CHECK (id = 1),
  number BIGINT NOT NULL CHECK (number > 0)
);
INSERT INTO generation (id, number) VALUES (1, 1);

-- Until when an older Token ID stays valid at the latest; null for the newest of its token.
ALTER TABLE token_id ADD COLUMN valid_until BIGINT;
