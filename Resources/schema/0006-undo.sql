-- Migration 6, in the dialect that SQLite and PostgreSQL share: what was deleted is found, restored and
-- purged, and changes are undone.

-- What is deleted, the latest first.
CREATE INDEX account_deleted ON account (kind, deleted_at DESC, name_key, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX team_deleted ON team (deleted_at DESC, name_key, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX role_deleted ON role (deleted_at DESC, name_key, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX connector_deleted ON connector (deleted_at DESC, name_key, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX company_deleted ON company (deleted_at DESC, name_key, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX data_list_deleted ON data_list (deleted_at DESC, name_key, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX item_deleted ON item (deleted_at DESC, name_key, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX widget_deleted ON widget (deleted_at DESC, name_key, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX endpoint_deleted ON endpoint (deleted_at DESC, name_key, id) WHERE deleted_at IS NOT NULL;

-- By which deletion it went, as the number of its audit row: what went by one comes back by one. Kept when it
-- is back.
ALTER TABLE account ADD COLUMN deletion BIGINT;
ALTER TABLE team ADD COLUMN deletion BIGINT;
ALTER TABLE role ADD COLUMN deletion BIGINT;
ALTER TABLE connector ADD COLUMN deletion BIGINT;
ALTER TABLE company ADD COLUMN deletion BIGINT;
ALTER TABLE data_list ADD COLUMN deletion BIGINT;
ALTER TABLE item ADD COLUMN deletion BIGINT;
ALTER TABLE widget ADD COLUMN deletion BIGINT;
ALTER TABLE endpoint ADD COLUMN deletion BIGINT;

-- Finds all tokens of an account that is purged, revoked or not.
DROP INDEX token_revoked;
CREATE INDEX token_of_account ON token (account_id, revoked_at);
-- Finds the tokens that are limited to what is to be purged.
CREATE INDEX token_of_widget ON token_widget (widget_id);
CREATE INDEX token_of_endpoint ON token_endpoint (endpoint_id);

-- What undoes the latest transactions of each operator. No decision rests on it.
CREATE TABLE undo_entry (
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
  -- Ids and values, never a secret; null where it can't be undone.
  document TEXT,
  -- Why it can't be.
  obstacle TEXT,
  -- Whether it took something back, rather than did something or did it again.
  is_undo SMALLINT NOT NULL CHECK (is_undo IN (0, 1)),
  -- The entry that took this one back.
  undone_by BIGINT,
  CONSTRAINT undone_or_why_not CHECK ((document IS NULL) <> (obstacle IS NULL))
);
CREATE INDEX undo_of_user ON undo_entry (user_id, number) WHERE user_id IS NOT NULL;
CREATE INDEX undo_of_actor ON undo_entry (actor, number) WHERE user_id IS NULL;
CREATE INDEX undo_by_time ON undo_entry (at);
