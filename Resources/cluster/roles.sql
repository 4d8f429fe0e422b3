-- What each kind of popsec's processes may do in the database, and no more. Run this once, as the role that made the
-- store (popsec init), and again after popsec upgrade:
--
--   psql -v ON_ERROR_STOP=1 -f roles.sql 'postgresql://OWNER@HOST/DATABASE'
--
-- Then give each login the one of these roles that it needs:
--
--   CREATE ROLE gate1 LOGIN PASSWORD '…' IN ROLE popsec_gate;
--
-- popsec_operator  console and commands of people who change things
-- popsec_support   console and commands of people who look: no sealed Token ID can be read, nothing can be changed
-- popsec_gate      gates: they read what they decide by, and write what they record
--
-- The role that made the store stays its owner: it alone upgrades, archives the audit log, and exchanges keys.
--
-- "popsec doctor" compares the database with this. This file is written from popsec's own table of the roles.

BEGIN;

DO $$
DECLARE
  role TEXT;
BEGIN
  -- Roles are the server's, and may be there from another store.
  FOREACH role IN ARRAY ARRAY['popsec_operator', 'popsec_support', 'popsec_gate'] LOOP
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = role) THEN EXECUTE format('CREATE ROLE %I NOLOGIN', role); END IF;
  END LOOP;
END $$;

-- Nothing is anybody's by itself, and nothing stays of what one of these passed on.
REVOKE ALL ON SCHEMA popsec, popsec_gate FROM PUBLIC, popsec_operator, popsec_support, popsec_gate CASCADE;
REVOKE ALL ON ALL TABLES IN SCHEMA popsec, popsec_gate FROM PUBLIC, popsec_operator, popsec_support, popsec_gate CASCADE;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA popsec, popsec_gate FROM PUBLIC, popsec_operator, popsec_support, popsec_gate CASCADE;
GRANT USAGE ON SCHEMA popsec, popsec_gate TO popsec_operator, popsec_support, popsec_gate;

-- popsec_operator: everything but to change what was recorded, or what the store is.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA popsec, popsec_gate TO popsec_operator;
REVOKE UPDATE, DELETE ON popsec.audit FROM popsec_operator;
REVOKE INSERT, UPDATE, DELETE ON popsec.audit_checkpoint, popsec.store_identity, popsec.migration, popsec_gate.migration FROM popsec_operator;
REVOKE DELETE ON popsec.gate_key FROM popsec_operator;

-- popsec_support: everything that can be read, but for the sealed Token IDs and their hashes.
GRANT SELECT ON ALL TABLES IN SCHEMA popsec, popsec_gate TO popsec_support;

-- popsec_gate: the store as it is but for the sealed Token IDs, and the gates' own records.
GRANT SELECT ON ALL TABLES IN SCHEMA popsec TO popsec_gate;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA popsec_gate TO popsec_gate;
REVOKE INSERT, UPDATE, DELETE ON popsec_gate.migration FROM popsec_gate;

-- Of these tables a role reads all columns but some.
DO $$
DECLARE
  hidden RECORD;
  readable TEXT;
BEGIN
  FOR hidden IN SELECT * FROM (VALUES
    ('popsec_support', 'popsec.token_id', ARRAY['sealed', 'lookup_hash']),
    ('popsec_gate', 'popsec.token_id', ARRAY['sealed'])
  ) AS all_hidden (role, place, columns) LOOP
    SELECT string_agg(quote_ident(attname), ', ') INTO readable FROM pg_attribute
    WHERE attrelid = hidden.place::regclass AND attnum > 0 AND NOT attisdropped AND attname <> ALL (hidden.columns);
    EXECUTE format('REVOKE SELECT ON %s FROM %I', hidden.place, hidden.role);
    EXECUTE format('GRANT SELECT (%s) ON %s TO %I', readable, hidden.place, hidden.role);
  END LOOP;
END $$;

COMMIT;
