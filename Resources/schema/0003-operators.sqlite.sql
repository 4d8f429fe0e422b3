-- What of migration 3 only SQLite understands.

DROP TRIGGER audit_is_not_deleted;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
WHEN OLD.sequence > coalesce((SELECT sequence FROM audit_checkpoint), 0)
BEGIN SELECT raise(ABORT, 'audit rows are deleted behind a checkpoint only'); END;

CREATE TRIGGER audit_checkpoint_goes_forward BEFORE UPDATE ON audit_checkpoint
WHEN NEW.sequence < OLD.sequence
BEGIN SELECT raise(ABORT, 'a checkpoint of the audit log goes forward only'); END;

CREATE TRIGGER audit_checkpoint_stays BEFORE DELETE ON audit_checkpoint
BEGIN SELECT raise(ABORT, 'a checkpoint of the audit log stays'); END;
