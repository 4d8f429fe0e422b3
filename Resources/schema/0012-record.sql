-- What a transaction did stands in its rows of the audit log from here on, and undoing it reads them there.
CREATE TABLE undo_entry_by_rows (
  -- Of the first audit row of the transaction.
  number BIGINT NOT NULL PRIMARY KEY CHECK (number > 0),
  -- Of its last one.
  last_sequence BIGINT NOT NULL,
  at BIGINT NOT NULL,
  -- Null for an operator without a user.
  user_id BIGINT,
  actor TEXT NOT NULL,
  -- What was done, in words.
  title TEXT NOT NULL CHECK (title <> ''),
  -- Ids and values, never a secret: of a transaction whose rows don't tell it, as they are older, or archived.
  document TEXT,
  -- Why it can't be undone.
  obstacle TEXT,
  -- Whether it took something back, rather than did something or did it again.
  is_undo SMALLINT NOT NULL CHECK (is_undo IN (0, 1)),
  -- The entry that took this one back.
  undone_by BIGINT,
  CONSTRAINT undone_or_why_not CHECK (document IS NULL OR obstacle IS NULL)
);
INSERT INTO undo_entry_by_rows (
  number, last_sequence, at, user_id, actor, title, document, obstacle, is_undo, undone_by
)
SELECT number, last_sequence, at, user_id, actor, title, document, obstacle, is_undo, undone_by
FROM undo_entry;
DROP TABLE undo_entry;
ALTER TABLE undo_entry_by_rows RENAME TO undo_entry;
CREATE INDEX undo_of_user ON undo_entry (user_id, number) WHERE user_id IS NOT NULL;
CREATE INDEX undo_of_actor ON undo_entry (actor, number) WHERE user_id IS NULL;
CREATE INDEX undo_by_time ON undo_entry (at);

-- The whole state as of a row of the audit log, as values: of it and of the rows since, the state as of any later row
-- is made.
CREATE TABLE state_snapshot (
  -- The row as of which it is; 0 for that of an empty store.
  sequence BIGINT NOT NULL PRIMARY KEY CHECK (sequence >= 0),
  -- The row that has its hash; 0 for that of an empty store, which needs none.
  told_by BIGINT NOT NULL CHECK (told_by >= 0)
);
CREATE TABLE state_part (
  sequence BIGINT NOT NULL REFERENCES state_snapshot (sequence) ON DELETE CASCADE,
  position BIGINT NOT NULL CHECK (position > 0),
  -- Facts as JSON, each on a line.
  facts TEXT NOT NULL CHECK (facts <> ''),
  PRIMARY KEY (sequence, position)
);
-- Of a store that is not new, popsec writes the first before it changes anything.
INSERT INTO state_snapshot (sequence, told_by) SELECT 0, 0 WHERE NOT EXISTS (SELECT 1 FROM audit);
