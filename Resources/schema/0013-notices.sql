-- Migration 13, in the dialect that SQLite and PostgreSQL share: what popsec tells of by itself. No decision rests on it.

-- What was raised, in the order in which it is handed over.
CREATE TABLE notice (
  number INTEGER NOT NULL PRIMARY KEY CHECK (number > 0),
  -- By which receivers tell one from another. Never a secret.
  event_id TEXT NOT NULL UNIQUE CHECK (event_id <> ''),
  -- What is raised once only: while a row has the key, it is not raised again. Null where it may be.
  raised_key TEXT UNIQUE,
  -- The key of the condition, and the thing that it is about.
  condition_key TEXT NOT NULL CHECK (condition_key <> ''),
  subject TEXT NOT NULL CHECK (subject <> ''),
  -- In words, and as JSON.
  words TEXT NOT NULL CHECK (words <> ''),
  document TEXT NOT NULL CHECK (document <> ''),
  -- When it came about, and when popsec found it.
  at BIGINT NOT NULL,
  raised_at BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'givenUp')),
  attempt_count INTEGER NOT NULL CHECK (attempt_count >= 0),
  -- It is not handed over before.
  next_attempt_at BIGINT NOT NULL,
  -- Why the last attempt failed, or it was given up.
  problem TEXT,
  settled_at BIGINT,
  CONSTRAINT settled_has_time CHECK ((state = 'waiting') = (settled_at IS NULL))
);
CREATE INDEX notice_waiting ON notice (number) WHERE state = 'waiting';
CREATE INDEX notice_settled ON notice (settled_at) WHERE settled_at IS NOT NULL;
CREATE INDEX notice_of_condition ON notice (condition_key, raised_key) WHERE raised_key IS NOT NULL;

-- When popsec last looked at what a condition tells of.
CREATE TABLE notice_look (
  condition_key TEXT NOT NULL PRIMARY KEY CHECK (condition_key <> ''),
  at BIGINT NOT NULL
);

-- Finds the tokens that were rotated not long ago.
CREATE INDEX token_id_older ON token_id (valid_until, token_id) WHERE valid_until IS NOT NULL;
