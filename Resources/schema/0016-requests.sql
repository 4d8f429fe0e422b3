-- Migration 16, in the dialect that SQLite and PostgreSQL share: what somebody asks for who may not do it.

-- Why it is asked for, in words.
ALTER TABLE proposal ADD COLUMN reason TEXT CHECK (reason <> '');
-- The denial of the gate that it mends. The denial itself is kept elsewhere, and for a time only.
ALTER TABLE proposal ADD COLUMN decision_id TEXT CHECK (length(decision_id) = 16);
-- The request that a proposal carries on, where carrying that out takes two.
ALTER TABLE proposal ADD COLUMN request_number BIGINT;
-- Why it was declined, in words.
ALTER TABLE proposal ADD COLUMN because TEXT CHECK (because <> '');
