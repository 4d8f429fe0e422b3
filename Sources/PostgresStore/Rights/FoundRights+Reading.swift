internal import Store

extension FoundRights {
  /// Reads the rights from the server's catalogue, which every role may read.
  ///
  /// Errors: ``PostgresProblem``; ``StoreError``, for example where the database has no store.
  package static func read(_ address: PostgresAddress) throws -> FoundRights {
    // Tables of the store must not be taken for those of the catalogue.
    let connection = try PostgresConnection(address, searchPath: "pg_catalog")
    // All questions see the same moment.
    try connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    defer { connection.rollBack() }
    return try FoundRights(on: connection)
  }

  init(on connection: PostgresConnection) throws {
    let rows = try connection.execute(native: Self.aboutRoles, [])
    guard rows.next() else { throw StoreError.missing(path: connection.place) }
    owner = rows.text(0) ?? ""
    reader = rows.text(1) ?? ""
    readerIsSuperuser = rows.integer(2) == 1
    (objects, grants, ahead, roles) = ([], [], [], [])
    try readObjects(connection)
    try readGrants(connection)
    try readAhead(connection)
    try readRoles(connection)
  }

  private mutating func readObjects(_ connection: PostgresConnection) throws {
    let rows = try connection.execute(native: Self.aboutObjects, [])
    while rows.next() {
      guard let kind = rows.text(0).flatMap({ DatabaseObject.Kind(rawValue: $0) }), let name = rows.text(2)
      else {
        continue
      }
      // The columns of a table come one after another.
      if objects.last?.name != name {
        objects.append(
          DatabaseObject(kind: kind, schema: rows.text(1) ?? "", name: name, owner: rows.text(3) ?? ""))
      }
      if let column = rows.text(4) { objects[objects.count - 1].columns.append(column) }
    }
  }

  private mutating func readGrants(_ connection: PostgresConnection) throws {
    let rows = try connection.execute(native: Self.aboutGrants, [])
    while rows.next() {
      grants.append(
        GivenRight(
          grantee: rows.text(0) ?? "", object: rows.text(1) ?? "", column: rows.text(2),
          right: rows.text(3) ?? "",
          mayPassOn: rows.integer(4) == 1))
    }
  }

  private mutating func readAhead(_ connection: PostgresConnection) throws {
    let rows = try connection.execute(native: Self.aboutAhead, [])
    while rows.next() {
      ahead.append(
        FutureRight(
          grantee: rows.text(0) ?? "", schema: rows.text(1), kind: rows.text(2) ?? "",
          right: rows.text(3) ?? ""))
    }
  }

  private mutating func readRoles(_ connection: PostgresConnection) throws {
    let rows = try connection.execute(native: Self.aboutPowers, [])
    while rows.next() {
      let name = rows.text(0) ?? ""
      if roles.last?.name != name { roles.append(FoundRole(name: name)) }
      if let attribute = rows.text(1) { roles[roles.count - 1].attributes.append(attribute) }
      if let membership = rows.text(2) { roles[roles.count - 1].memberships.append(membership) }
    }
  }
}

// The questions.
extension FoundRights {
  private static let schemas = list(DatabaseRole.schemas)
  private static let ownRoles = list(DatabaseRole.all.map(\.name))

  private static func list(_ names: [String]) -> String { names.map { "'\($0)'" }.joined(separator: ", ") }

  private static let aboutRoles = """
    SELECT quote_ident(pg_get_userbyid(nspowner)), quote_ident(rolname), rolsuper
    FROM pg_namespace, pg_roles WHERE nspname = 'popsec' AND rolname = current_user
    """

  /// What has rights of its own in the store's schemas: tables, views and sequences, not indexes and types.
  private static let parts = """
    SELECT c.oid, nspname, relname, relkind, relacl, relowner FROM pg_class AS c JOIN pg_namespace AS n
      ON n.oid = relnamespace AND nspname IN (\(schemas)) WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    """

  private static let aboutObjects = """
    WITH part AS (\(parts))
    SELECT 'schema', quote_ident(nspname), quote_ident(nspname) AS name, quote_ident(pg_get_userbyid(nspowner)),
      NULL::text, 0 AS place
    FROM pg_namespace WHERE nspname IN (\(schemas))
    UNION ALL SELECT CASE relkind WHEN 'S' THEN 'sequence' ELSE 'table' END, quote_ident(nspname),
      format('%I.%I', nspname, relname), quote_ident(pg_get_userbyid(relowner)), quote_ident(attname), attnum
    FROM part LEFT JOIN pg_attribute ON attrelid = part.oid AND attnum > 0 AND NOT attisdropped AND relkind <> 'S'
    ORDER BY name, place
    """

  private static let aboutGrants = """
    WITH part AS (\(parts)), guarded (object, attribute, rights, owner) AS (
      SELECT quote_ident(nspname), NULL::text, nspacl, nspowner FROM pg_namespace WHERE nspname IN (\(schemas))
      UNION ALL SELECT format('%I.%I', nspname, relname), NULL, relacl, relowner FROM part
      UNION ALL SELECT format('%I.%I', nspname, relname), quote_ident(attname), attacl, relowner
        FROM part JOIN pg_attribute ON attrelid = part.oid AND attnum > 0 AND NOT attisdropped)
    SELECT \(grantee), object, attribute, privilege_type, is_grantable
    FROM guarded CROSS JOIN LATERAL aclexplode(rights) WHERE grantee <> owner ORDER BY 1, 2, 3, 4
    """

  private static let aboutAhead = """
    SELECT \(grantee), quote_ident(nspname), CASE defaclobjtype WHEN 'S' THEN 'SEQUENCES' ELSE 'TABLES' END, privilege_type
    FROM pg_default_acl LEFT JOIN pg_namespace AS n ON n.oid = defaclnamespace CROSS JOIN LATERAL aclexplode(defaclacl)
    WHERE defaclobjtype IN ('r', 'S') AND (defaclnamespace = 0 OR nspname IN (\(schemas))) AND grantee <> defaclrole
      AND defaclrole = (SELECT nspowner FROM pg_namespace WHERE nspname = 'popsec') ORDER BY 1, 2, 3, 4
    """

  private static let grantee =
    "CASE grantee WHEN 0 THEN '\(GivenRight.everybody)' ELSE quote_ident(pg_get_userbyid(grantee)) END"

  /// The attributes and memberships by which a role gets at all tables, at the server's files, or at other roles
  /// (postgresql.org/docs/15/role-attributes.html, predefined-roles.html). A superuser counts as a member of every role.
  private static let aboutPowers = """
    SELECT quote_ident(r.rolname), attribute, membership FROM pg_roles AS r LEFT JOIN LATERAL (
      SELECT a.name AS attribute, NULL::text AS membership FROM (VALUES ('SUPERUSER', r.rolsuper),
        ('CREATEROLE', r.rolcreaterole), ('REPLICATION', r.rolreplication)) AS a (name, has) WHERE a.has
      UNION ALL SELECT NULL, quote_ident(g.rolname) FROM pg_roles AS g
        WHERE NOT r.rolsuper AND g.oid <> r.oid AND pg_has_role(r.oid, g.oid, 'MEMBER')
          AND (g.rolsuper OR g.rolcreaterole OR g.rolname IN (\(ownRoles), 'pg_read_all_data', 'pg_write_all_data',
            'pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program')
            OR g.oid = (SELECT nspowner FROM pg_namespace WHERE nspname = 'popsec'))
    ) AS powers ON true WHERE r.rolname IN (\(ownRoles)) ORDER BY 1, 2, 3
    """
}
