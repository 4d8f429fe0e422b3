-- Migration 18, in the dialect that SQLite and PostgreSQL share: laws, which no change may break.

-- The document is the law as JSON under the keys of the security file, with the names that people wrote. A law may name
-- what does not exist yet, so that nothing here refers to other rows.
CREATE TABLE law (
  name_key TEXT NOT NULL PRIMARY KEY CHECK (name_key <> ''),
  document TEXT NOT NULL CHECK (length(document) BETWEEN 1 AND 8000000)
);
