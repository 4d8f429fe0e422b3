import Foundation
@testable import PostgresStore

/// The script that makes popsec's roles and gives them their rights, written from the table of the roles.
enum RolesScript {
  static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(
      "Resources/cluster/roles.sql")

  static var text: String {
    ([head] + DatabaseRole.all.map(rights) + [hidden, "COMMIT;\n"]).joined(separator: "\n")
  }

  private static let names = DatabaseRole.all.map(\.name)
  private static let schemas = list(DatabaseRole.schemas)

  private static func list(_ words: [String]) -> String { words.joined(separator: ", ") }

  private static func list(_ rights: [TableRight]) -> String { list(rights.map(\.rawValue)) }

  private static func quoted(_ words: [String]) -> String { list(words.map { "'\($0)'" }) }

  private static var head: String {
    let width = (names.map(\.count).max() ?? 0) + 2
    return """
      -- What each kind of popsec's processes may do in the database, and no more. Run this once, as the role that made the
      -- store (popsec init), and again after popsec upgrade:
      --
      --   psql -v ON_ERROR_STOP=1 -f roles.sql 'postgresql://OWNER@HOST/DATABASE'
      --
      -- Then give each login the one of these roles that it needs:
      --
      --   CREATE ROLE gate1 LOGIN PASSWORD '…' IN ROLE popsec_gate;
      --
      \(DatabaseRole.all.map { role in
        "-- " + role.name.padding(toLength: width, withPad: " ", startingAt: 0) + role.users
      }.joined(separator: "\n"))
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
        FOREACH role IN ARRAY ARRAY[\(quoted(names))] LOOP
          IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = role) THEN EXECUTE format('CREATE ROLE %I NOLOGIN', role); END IF;
        END LOOP;
      END $$;

      -- Nothing is anybody's by itself, and nothing stays of what one of these passed on.
      REVOKE ALL ON SCHEMA \(schemas) FROM PUBLIC, \(list(names)) CASCADE;
      REVOKE ALL ON ALL TABLES IN SCHEMA \(schemas) FROM PUBLIC, \(list(names)) CASCADE;
      REVOKE ALL ON ALL SEQUENCES IN SCHEMA \(schemas) FROM PUBLIC, \(list(names)) CASCADE;
      GRANT USAGE ON SCHEMA \(schemas) TO \(list(names));

      """
  }

  private static func rights(of role: DatabaseRole) -> String {
    let lines =
      ["-- \(role.name): \(role.summary)."]
      + role.given.map {
        "GRANT \(list($0.rights)) ON ALL TABLES IN SCHEMA \(list($0.schemas)) TO \(role.name);"
      }
      + role.withheld.map { "REVOKE \(list($0.rights)) ON \(list($0.tables)) FROM \(role.name);" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A right on the whole of a table comprises all its columns, and is taken before the rights on columns are given.
  private static var hidden: String {
    let rows = DatabaseRole.all.flatMap { role in
      role.hidden.map { "    ('\(role.name)', '\($0.table)', ARRAY[\(quoted($0.columns))])" }
    }
    return """
      -- Of these tables a role reads all columns but some.
      DO $$
      DECLARE
        hidden RECORD;
        readable TEXT;
      BEGIN
        FOR hidden IN SELECT * FROM (VALUES
      \(rows.joined(separator: ",\n"))
        ) AS all_hidden (role, place, columns) LOOP
          SELECT string_agg(quote_ident(attname), ', ') INTO readable FROM pg_attribute
          WHERE attrelid = hidden.place::regclass AND attnum > 0 AND NOT attisdropped AND attname <> ALL (hidden.columns);
          EXECUTE format('REVOKE SELECT ON %s FROM %I', hidden.place, hidden.role);
          EXECUTE format('GRANT SELECT (%s) ON %s TO %I', readable, hidden.place, hidden.role);
        END LOOP;
      END $$;

      """
  }
}
