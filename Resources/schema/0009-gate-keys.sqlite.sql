-- What of migration 9 only SQLite understands.

CREATE TRIGGER retired_gate_key_is_final BEFORE UPDATE OF retired_at ON gate_key
WHEN OLD.retired_at IS NOT NULL AND NEW.retired_at IS NOT OLD.retired_at
BEGIN SELECT raise(ABORT, 'a retired key stays retired'); END;

CREATE TRIGGER gate_key_is_not_deleted BEFORE DELETE ON gate_key
BEGIN SELECT raise(ABORT, 'the keys of gates are kept'); END;
