-- What of migration 5 only PostgreSQL understands.

INSERT INTO store_identity (id, store_id) VALUES (1, replace(gen_random_uuid()::text, '-', ''));

CREATE TRIGGER store_identity_stays BEFORE UPDATE OR DELETE ON store_identity
  FOR EACH ROW EXECUTE FUNCTION popsec_refuse('a store stays what it is');
CREATE TRIGGER store_identity_is_not_truncated BEFORE TRUNCATE ON store_identity
  FOR EACH STATEMENT EXECUTE FUNCTION popsec_refuse('a store stays what it is');

-- Who does not know of an exchange must not add what nobody would find afterwards.
CREATE FUNCTION token_id_is_under_current_keys() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM token_key
    WHERE state = 'current'
      AND key_id <> CASE kind WHEN 'lookup' THEN NEW.lookup_key ELSE NEW.seal_key END)
  THEN RAISE EXCEPTION 'new Token IDs are kept under the current keys'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER token_id_is_under_current_keys BEFORE INSERT ON token_id
  FOR EACH ROW EXECUTE FUNCTION token_id_is_under_current_keys();
