-- What of migration 11 only PostgreSQL understands: token_end and account.last_expiry_at follow what they are
-- made of, whoever writes.

CREATE FUNCTION token_end_of(token token) RETURNS VOID LANGUAGE sql AS $$
  INSERT INTO token_end (token_id, account_number, ends_at, kind, name_key, search_key)
  SELECT token.id, number, token.expires_at, kind, name_key, search_key FROM account
  WHERE id = token.account_id AND deleted_at IS NULL
    AND token.expires_at IS NOT NULL AND token.revoked_at IS NULL AND token.disabled = 0
$$;

CREATE FUNCTION token_end_is_forgotten(token token) RETURNS VOID LANGUAGE sql AS $$
  DELETE FROM token_end
  WHERE account_number = (SELECT number FROM account WHERE id = token.account_id)
    AND ends_at = token.expires_at AND token_id = token.id
$$;

CREATE FUNCTION token_end_is_added() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  PERFORM token_end_of(NEW);
  UPDATE account SET last_expiry_at = NEW.expires_at
  WHERE id = NEW.account_id AND (last_expiry_at IS NULL OR last_expiry_at < NEW.expires_at);
  RETURN NULL;
END $$;
CREATE TRIGGER token_end_is_added AFTER INSERT ON token FOR EACH ROW
  WHEN (NEW.expires_at IS NOT NULL AND NEW.revoked_at IS NULL AND NEW.disabled = 0)
  EXECUTE FUNCTION token_end_is_added();

CREATE FUNCTION token_end_follows_token() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  PERFORM token_end_is_forgotten(OLD);
  PERFORM token_end_of(NEW);
  UPDATE account SET last_expiry_at = (
    SELECT max(expires_at) FROM token WHERE account_id = account.id AND revoked_at IS NULL AND disabled = 0)
  WHERE id = NEW.account_id;
  RETURN NULL;
END $$;
CREATE TRIGGER token_end_follows_token AFTER UPDATE OF expires_at, disabled, revoked_at ON token FOR EACH ROW
  WHEN (NEW.expires_at IS DISTINCT FROM OLD.expires_at OR NEW.disabled <> OLD.disabled
    OR NEW.revoked_at IS DISTINCT FROM OLD.revoked_at)
  EXECUTE FUNCTION token_end_follows_token();

CREATE FUNCTION token_end_goes_with_token() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  PERFORM token_end_is_forgotten(OLD);
  RETURN OLD;
END $$;
CREATE TRIGGER token_end_goes_with_token BEFORE DELETE ON token
  FOR EACH ROW EXECUTE FUNCTION token_end_goes_with_token();

CREATE FUNCTION token_end_follows_account() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM token_end WHERE account_number = OLD.number;
  INSERT INTO token_end (token_id, account_number, ends_at, kind, name_key, search_key)
  SELECT id, NEW.number, expires_at, NEW.kind, NEW.name_key, NEW.search_key FROM token
  WHERE account_id = NEW.id AND NEW.deleted_at IS NULL
    AND expires_at IS NOT NULL AND revoked_at IS NULL AND disabled = 0;
  RETURN NULL;
END $$;
CREATE TRIGGER token_end_follows_account AFTER UPDATE OF name_key, search_key, deleted_at ON account FOR EACH ROW
  WHEN (NEW.name_key <> OLD.name_key OR NEW.search_key IS DISTINCT FROM OLD.search_key
    OR NEW.deleted_at IS DISTINCT FROM OLD.deleted_at)
  EXECUTE FUNCTION token_end_follows_account();
