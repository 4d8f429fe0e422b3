-- What of migration 9 only PostgreSQL understands.

CREATE TRIGGER retired_gate_key_is_final BEFORE UPDATE OF retired_at ON gate_key FOR EACH ROW
  WHEN (OLD.retired_at IS NOT NULL AND NEW.retired_at IS DISTINCT FROM OLD.retired_at)
  EXECUTE FUNCTION popsec_refuse('a retired key stays retired');
CREATE TRIGGER gate_key_is_not_deleted BEFORE DELETE ON gate_key
  FOR EACH ROW EXECUTE FUNCTION popsec_refuse('the keys of gates are kept');
CREATE TRIGGER gate_key_is_not_truncated BEFORE TRUNCATE ON gate_key
  FOR EACH STATEMENT EXECUTE FUNCTION popsec_refuse('the keys of gates are kept');
