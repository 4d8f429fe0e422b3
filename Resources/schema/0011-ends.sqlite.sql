-- What of migration 11 only SQLite understands: token_end and account.last_expiry_at follow what they are
-- made of, whoever writes.

CREATE TRIGGER token_end_is_added AFTER INSERT ON token
WHEN NEW.expires_at IS NOT NULL AND NEW.revoked_at IS NULL AND NEW.disabled = 0
BEGIN
  INSERT INTO token_end (token_id, account_number, ends_at, kind, name_key, search_key)
  SELECT NEW.id, number, NEW.expires_at, kind, name_key, search_key FROM account
  WHERE id = NEW.account_id AND deleted_at IS NULL;
  UPDATE account SET last_expiry_at = NEW.expires_at
  WHERE id = NEW.account_id AND (last_expiry_at IS NULL OR last_expiry_at < NEW.expires_at);
END;

CREATE TRIGGER token_end_follows_token AFTER UPDATE OF expires_at, disabled, revoked_at ON token
WHEN NEW.expires_at IS NOT OLD.expires_at OR NEW.disabled <> OLD.disabled
  OR NEW.revoked_at IS NOT OLD.revoked_at
BEGIN
  DELETE FROM token_end
  WHERE account_number = (SELECT number FROM account WHERE id = OLD.account_id)
    AND ends_at = OLD.expires_at AND token_id = OLD.id;
  INSERT INTO token_end (token_id, account_number, ends_at, kind, name_key, search_key)
  SELECT NEW.id, number, NEW.expires_at, kind, name_key, search_key FROM account
  WHERE id = NEW.account_id AND deleted_at IS NULL
    AND NEW.expires_at IS NOT NULL AND NEW.revoked_at IS NULL AND NEW.disabled = 0;
  UPDATE account SET last_expiry_at = (
    SELECT max(expires_at) FROM token WHERE account_id = account.id AND revoked_at IS NULL AND disabled = 0)
  WHERE id = NEW.account_id;
END;

CREATE TRIGGER token_end_goes_with_token BEFORE DELETE ON token
BEGIN
  DELETE FROM token_end
  WHERE account_number = (SELECT number FROM account WHERE id = OLD.account_id)
    AND ends_at = OLD.expires_at AND token_id = OLD.id;
END;

CREATE TRIGGER token_end_follows_account AFTER UPDATE OF name_key, search_key, deleted_at ON account
WHEN NEW.name_key <> OLD.name_key OR NEW.search_key IS NOT OLD.search_key
  OR NEW.deleted_at IS NOT OLD.deleted_at
BEGIN
  DELETE FROM token_end WHERE account_number = OLD.number;
  INSERT INTO token_end (token_id, account_number, ends_at, kind, name_key, search_key)
  SELECT id, NEW.number, expires_at, NEW.kind, NEW.name_key, NEW.search_key FROM token
  WHERE account_id = NEW.id AND NEW.deleted_at IS NULL
    AND expires_at IS NOT NULL AND revoked_at IS NULL AND disabled = 0;
END;
