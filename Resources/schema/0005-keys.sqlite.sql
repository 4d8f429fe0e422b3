-- What of Migration 5 only SQLite understands.

INSERT INTO store_identity (id, store_id) VALUES (1, lower(hex(randomblob(16))));

CREATE TRIGGER store_identity_stays BEFORE UPDATE ON store_identity
BEGIN SELECT raise(ABORT, 'a store stays what it is'); END;

CREATE TRIGGER store_identity_is_not_deleted BEFORE DELETE ON store_identity
BEGIN SELECT raise(ABORT, 'a store stays what it is'); END;

-- Who does not know of an exchange must not add what nobody would find afterwards.
CREATE TRIGGER token_id_is_under_current_keys BEFORE INSERT ON token_id
WHEN EXISTS (
  SELECT 1 FROM token_key
  WHERE state = 'current'
    AND key_id <> CASE kind WHEN 'lookup' THEN NEW.lookup_key ELSE NEW.seal_key END)
BEGIN SELECT raise(ABORT, 'new Token IDs are kept under the current keys'); END;
