-- Migration 20, in the dialect that SQLite and PostgreSQL share: tokens are found by a part of their names.

-- What a token's name is searched by, null where that is the name_key.
ALTER TABLE token ADD COLUMN search_key TEXT CHECK (search_key <> name_key);
