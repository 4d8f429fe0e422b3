-- Migration 3 of gate.db, in the dialect that SQLite and PostgreSQL share: which state of the store was seen last, so
-- that one that went back is noticed. Gates are told from those that were killed by a lock in gate.lock, no
-- longer by when they were seen: rows of gates that hold none are nobody's.

CREATE TABLE kept_head (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  -- Since when a head is kept here: what went back before can't be told.
  since BIGINT NOT NULL,
  generation BIGINT NOT NULL,
  -- The last row of the audit log, and its hash.
  sequence BIGINT NOT NULL,
  hash BLOB NOT NULL
);

DELETE FROM gate_presence;
