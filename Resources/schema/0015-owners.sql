-- Migration 15: who answers for an API user or a token, what it is for, by what it is sorted, and who made it. No
-- decision looks at any of it.
-- As the audit log names who made it; null where that is not known.
ALTER TABLE account ADD COLUMN created_by TEXT CHECK (created_by <> '');
-- The owner is a user, who may be deleted or purged since, so that this is no reference; or a text.
ALTER TABLE account ADD COLUMN owner_user BIGINT
  CHECK (owner_user IS NULL OR (owner_user > 0 AND kind = 'apiUser'));
ALTER TABLE account ADD COLUMN owner_text TEXT
  CHECK (owner_text IS NULL OR (owner_text <> '' AND owner_user IS NULL AND kind = 'apiUser'));
ALTER TABLE account ADD COLUMN note TEXT CHECK (note IS NULL OR (note <> '' AND kind = 'apiUser'));
CREATE TABLE account_label (
  account_id BIGINT NOT NULL REFERENCES account (id),
  label_key TEXT NOT NULL CHECK (label_key <> ''),
  label_value TEXT NOT NULL CHECK (label_value <> ''),
  PRIMARY KEY (account_id, label_key)
);
CREATE INDEX account_by_label ON account_label (label_key, label_value, account_id);
CREATE INDEX account_by_owner_user ON account (owner_user) WHERE owner_user IS NOT NULL;
CREATE INDEX account_by_owner_text ON account (owner_text) WHERE owner_text IS NOT NULL;
CREATE INDEX account_without_owner ON account (kind, name_key)
  WHERE deleted_at IS NULL AND owner_user IS NULL AND owner_text IS NULL;

ALTER TABLE token ADD COLUMN created_by TEXT CHECK (created_by <> '');
ALTER TABLE token ADD COLUMN owner_user BIGINT CHECK (owner_user > 0);
ALTER TABLE token ADD COLUMN owner_text TEXT
  CHECK (owner_text IS NULL OR (owner_text <> '' AND owner_user IS NULL));
ALTER TABLE token ADD COLUMN note TEXT CHECK (note <> '');
CREATE TABLE token_label (
  token_id BIGINT NOT NULL REFERENCES token (id),
  label_key TEXT NOT NULL CHECK (label_key <> ''),
  label_value TEXT NOT NULL CHECK (label_value <> ''),
  PRIMARY KEY (token_id, label_key)
);
CREATE INDEX token_by_label ON token_label (label_key, label_value, token_id);
CREATE INDEX token_by_owner_user ON token (owner_user) WHERE owner_user IS NOT NULL;
