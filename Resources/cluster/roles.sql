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
-- popsec_gate      gates: they read what they decide by, and write uses and denials
--
-- The role that made the store stays its owner: it alone upgrades, archives the audit log, and exchanges keys.

BEGIN;

DO $$
BEGIN
  -- Roles are the server's, and may be there from another store.
  FOR number IN 1..3 LOOP
    DECLARE role TEXT := (ARRAY['popsec_operator', 'popsec_support', 'popsec_gate'])[number];
    BEGIN
      IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = role) THEN EXECUTE format('CREATE ROLE %I NOLOGIN', role); END IF;
    END;
  END LOOP;
END $$;

-- Nothing is anybody's by itself.
REVOKE ALL ON SCHEMA popsec, popsec_gate FROM PUBLIC, popsec_operator, popsec_support, popsec_gate;
REVOKE ALL ON ALL TABLES IN SCHEMA popsec, popsec_gate FROM PUBLIC, popsec_operator, popsec_support, popsec_gate;
GRANT USAGE ON SCHEMA popsec, popsec_gate TO popsec_operator, popsec_support, popsec_gate;

-- Operators: everything but to change what was recorded, or what the store is.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA popsec TO popsec_operator;
REVOKE UPDATE, DELETE ON popsec.audit FROM popsec_operator;
REVOKE INSERT, UPDATE, DELETE ON popsec.audit_checkpoint, popsec.store_identity, popsec.migration FROM popsec_operator;
REVOKE DELETE ON popsec.gate_key FROM popsec_operator;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA popsec_gate TO popsec_operator;
REVOKE INSERT, UPDATE, DELETE ON popsec_gate.migration FROM popsec_operator;

-- Gates: the store as it is, and their own records.
GRANT SELECT ON ALL TABLES IN SCHEMA popsec TO popsec_gate;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA popsec_gate TO popsec_gate;
REVOKE INSERT, UPDATE, DELETE ON popsec_gate.migration FROM popsec_gate;

-- Support: everything that can be read, but for the sealed Token IDs and their hashes.
GRANT SELECT ON ALL TABLES IN SCHEMA popsec, popsec_gate TO popsec_support;

-- Sealed Token IDs are for those alone who may open them.
DO $$
DECLARE
  columns TEXT;
  role TEXT;
BEGIN
  FOREACH role IN ARRAY ARRAY['popsec_support', 'popsec_gate'] LOOP
    SELECT string_agg(quote_ident(column_name::text), ', ') INTO columns FROM information_schema.columns
    WHERE table_schema = 'popsec' AND table_name = 'token_id'
      AND column_name <> 'sealed' AND NOT (role = 'popsec_support' AND column_name = 'lookup_hash');
    EXECUTE format('REVOKE SELECT ON popsec.token_id FROM %I', role);
    EXECUTE format('GRANT SELECT (%s) ON popsec.token_id TO %I', columns, role);
  END LOOP;
END $$;

COMMIT;
