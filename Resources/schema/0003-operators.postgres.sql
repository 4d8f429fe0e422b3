-- What of migration 3 only PostgreSQL understands.

DROP TRIGGER audit_is_not_deleted ON audit;
CREATE FUNCTION audit_is_not_deleted() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.sequence > coalesce((SELECT sequence FROM audit_checkpoint), 0) THEN
    RAISE EXCEPTION 'audit rows are deleted behind a checkpoint only';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_is_not_deleted();

CREATE TRIGGER audit_checkpoint_goes_forward BEFORE UPDATE ON audit_checkpoint FOR EACH ROW
  WHEN (NEW.sequence < OLD.sequence)
  EXECUTE FUNCTION popsec_refuse('a checkpoint of the audit log goes forward only');
CREATE TRIGGER audit_checkpoint_stays BEFORE DELETE ON audit_checkpoint
  FOR EACH ROW EXECUTE FUNCTION popsec_refuse('a checkpoint of the audit log stays');
CREATE TRIGGER audit_checkpoint_is_not_truncated BEFORE TRUNCATE ON audit_checkpoint
  FOR EACH STATEMENT EXECUTE FUNCTION popsec_refuse('a checkpoint of the audit log stays');
