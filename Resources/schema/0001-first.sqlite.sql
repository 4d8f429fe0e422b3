-- What of migration 1 only SQLite understands.

-- Finds the living accounts with a part of a name: rowid is account.number, and the words are
-- the grams of the name (SearchGrams). Contentless: names stand in account alone.
CREATE VIRTUAL TABLE account_search USING fts5 (
  grams, content = '', columnsize = 0, detail = none, tokenize = 'ascii'
);

CREATE TRIGGER audit_follows BEFORE INSERT ON audit
WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM audit)
BEGIN SELECT raise(ABORT, 'audit rows are numbered without a gap'); END;

CREATE TRIGGER audit_is_not_updated BEFORE UPDATE ON audit
BEGIN SELECT raise(ABORT, 'audit rows are never changed'); END;

CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN SELECT raise(ABORT, 'audit rows are never deleted'); END;

CREATE TRIGGER revoked_is_final BEFORE UPDATE OF revoked_at ON token
WHEN OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS NOT OLD.revoked_at
BEGIN SELECT raise(ABORT, 'a revoked token stays revoked'); END;

CREATE TRIGGER without_expiry_is_marked_for_good BEFORE UPDATE OF ever_without_expiry ON token
WHEN OLD.ever_without_expiry = 1 AND NEW.ever_without_expiry = 0
BEGIN SELECT raise(ABORT, 'a token that never expired stays marked'); END;
