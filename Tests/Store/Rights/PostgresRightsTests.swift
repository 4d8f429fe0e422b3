import Access
@testable import PostgresStore
import SQLStore
import Store
import TestSupport
import Testing

@Suite(
  "Rights in PostgreSQL", .serialized,
  .enabled(if: PostgresServer.shared != nil, "\(PostgresServer.absence)"))
struct PostgresRightsTests {
  private let server: PostgresServer
  private let address: PostgresAddress
  private let store: PostgresStore
  /// The name of the database.
  private let name: String

  init() throws {
    server = try #require(PostgresServer.shared).get()
    address = try PostgresAddress(try server.makeDatabase())
    store = try PostgresStore.create(address, now: .start)
    name = String(address.uri.drop { $0 != "@" }.dropFirst(2).prefix { $0 != "?" })
  }

  private func giveRights() throws { _ = try server.query(name, RolesScript.text) }

  /// Makes a login of this database's own in one of popsec's roles, and gives the address by which the login connects.
  private func login(_ role: String) throws -> PostgresAddress {
    _ = try server.query(name, "CREATE ROLE \(name)_\(role) LOGIN IN ROLE popsec_\(role)")
    return try PostgresAddress(address.uri.replacing("popsec@", with: "\(name)_\(role)@"))
  }

  @Test("only the process behind a lost connection is ended, not a later one that has its number")
  func former() throws {
    let connections = try (0..<3).map { _ in
      try PostgresConnection(address, searchPath: PostgresStore.searchPath)
    }
    let (own, lost, later) = (connections[0], connections[1], connections[2])
    try own.end(lost.asFormer)
    #expect(throws: (any Error).self) { try lost.execute("SELECT 1") }
    try own.end(.init(process: later.backend, openedAt: later.openedAt - .seconds(60)))
    try later.execute("SELECT 1")
  }

  @Test("each role of the database can do its work, and no more")
  func roles() throws {
    let portal = try Sample.account("portal")
    try store.write { writer in
      try writer.insert(portal)
      let (token, id) = try Sample.token("first", of: portal.id)
      try writer.insert(token, id)
      try writer.append(PostgresTests.record(1, "first"))
    }
    try giveRights()
    // Run again, as after an upgrade.
    try giveRights()
    let (operators, support, gate) = (try login("operator"), try login("support"), try login("gate"))
    let change: (any StoreWriter) throws -> Void = { try $0.insert(try Sample.account("other")) }
    try PostgresStore.open(operators).write(change)
    for login in [support, gate] {
      let reading = try PostgresStore.open(login)
      #expect(try reading.read { try $0.account(portal.id)?.name } == portal.name)
      #expect(try reading.read { try $0.damages() } == nil, "who may make no schema can't compare one")
      #expect(throws: StoreError.notAllowed(path: login.uri, action: "do this with")) {
        try reading.write(change)
      }
      #expect(throws: StoreError.self) {
        try reading.pool.with { try $0.execute("SELECT sealed FROM popsec.token_id") }
      }
    }
    let use = TokenIDUse(
      secret: .random(), token: .random(), account: .random(), firstUsedAt: .start, lastUsedAt: .start,
      useCount: 1)
    try PostgresUseStore(gate).add([use], [], .none, keeping: .standard, now: .start)
    try PostgresUseStore(gate).add(
      StaleSpan(id: .random(), host: try Name("web1"), process: 7, firstAt: .start, lastAt: .start, count: 1))
    #expect(throws: StoreError.self) {
      try PostgresUseStore(support).add([use], [], .none, keeping: .standard, now: .start)
    }
    for statement in ["UPDATE audit SET actor = 'x'", "DELETE FROM audit", "DELETE FROM popsec.migration"] {
      #expect(throws: StoreError.self, "\(statement)") {
        try PostgresStore.open(operators).pool.with { try $0.execute(statement) }
      }
    }
  }

  @Test("the script gives just the rights that are meant, and whoever may connect can see that")
  func meant() throws {
    #expect(try FoundRights.read(address).findings() == [.unused])
    try giveRights()
    for role in ["operator", "support", "gate"] {
      let found = try FoundRights.read(try login(role))
      #expect(found.findings() == [])
      #expect(found.owner == "popsec" && found.reader == "\(name)_\(role)" && !found.readerIsSuperuser)
    }
    #expect(try FoundRights.read(address).readerIsSuperuser)
    let other = try PostgresAddress(try server.makeDatabase())
    #expect(throws: StoreError.missing(path: other.uri)) { try FoundRights.read(other) }
  }

  /// Each statement runs in a transaction that is taken back, because roles are those of the whole server.
  private static let deviations: [(sql: String, findings: [RightsFinding])] = [
    (
      "GRANT UPDATE ON popsec.audit TO popsec_operator",
      [more("popsec_operator", ["UPDATE"], "popsec.audit")]
    ),
    (
      "GRANT SELECT ON popsec.token_id TO popsec_support",
      [more("popsec_support", ["SELECT"], "popsec.token_id (lookup_hash, sealed)")]
    ),
    (
      "GRANT SELECT (sealed) ON popsec.token_id TO popsec_gate",
      [more("popsec_gate", ["SELECT"], "popsec.token_id (sealed)")]
    ),
    ("GRANT SELECT ON popsec.team TO PUBLIC", [more("PUBLIC", ["SELECT"], "popsec.team")]),
    (
      "GRANT SELECT ON popsec.team TO popsec_gate WITH GRANT OPTION",
      [more("popsec_gate", ["SELECT WITH GRANT OPTION"], "popsec.team")]
    ),
    (
      "GRANT CREATE ON SCHEMA popsec_gate TO popsec_gate",
      [more("popsec_gate", ["CREATE"], "popsec_gate", kind: .schema)]
    ),
    (
      "GRANT USAGE ON SEQUENCE popsec.account_number_seq TO popsec_gate",
      [more("popsec_gate", ["USAGE"], "popsec.account_number_seq", kind: .sequence)]
    ),
    (
      "CREATE ROLE \"Re porter\" LOGIN; GRANT SELECT, INSERT ON popsec.audit TO \"Re porter\"",
      [more("\"Re porter\"", ["SELECT", "INSERT"], "popsec.audit")]
    ),
    ("REVOKE SELECT ON popsec.law FROM popsec_gate", [less("popsec_gate", ["SELECT"], "popsec.law")]),
    (
      "REVOKE SELECT (hint) ON popsec.token_id FROM popsec_support",
      [less("popsec_support", ["SELECT"], "popsec.token_id (hint)")]
    ),
    (
      "REVOKE USAGE ON SCHEMA popsec FROM popsec_gate",
      [less("popsec_gate", ["USAGE"], "popsec", kind: .schema)]
    ),
    (
      "CREATE TABLE popsec.newer (a INT); CREATE VIEW popsec_gate.newer AS SELECT 1 AS a",
      [
        less(
          "popsec_operator", ["SELECT", "INSERT", "UPDATE", "DELETE"], "popsec.newer", "popsec_gate.newer"),
        less("popsec_support", ["SELECT"], "popsec.newer", "popsec_gate.newer"),
        .differs(
          "popsec_gate", tooMany: [],
          tooFew: [
            RightsOnObjects(rights: ["SELECT"], kind: .table, objects: ["popsec.newer"]),
            RightsOnObjects(
              rights: ["SELECT", "INSERT", "UPDATE", "DELETE"], kind: .table, objects: ["popsec_gate.newer"]),
          ]),
      ]
    ),
    (
      "ALTER TABLE popsec.token_id ADD COLUMN newer INT",
      [
        less("popsec_support", ["SELECT"], "popsec.token_id (newer)"),
        less("popsec_gate", ["SELECT"], "popsec.token_id (newer)"),
      ]
    ),
    (
      "ALTER ROLE popsec_support RENAME TO former; DROP OWNED BY former", [.missing(["popsec_support"])]
    ),
    (
      "ALTER DEFAULT PRIVILEGES IN SCHEMA popsec GRANT SELECT ON TABLES TO PUBLIC",
      [.ahead("PUBLIC", [FutureRight(grantee: "PUBLIC", schema: "popsec", kind: "TABLES", right: "SELECT")])]
    ),
    (
      "ALTER DEFAULT PRIVILEGES GRANT DELETE ON TABLES TO popsec_gate",
      [
        .ahead(
          "popsec_gate", [FutureRight(grantee: "popsec_gate", schema: nil, kind: "TABLES", right: "DELETE")])
      ]
    ),
    (
      "ALTER ROLE popsec_gate CREATEROLE",
      [.raised(FoundRole(name: "popsec_gate", attributes: ["CREATEROLE"]))]
    ),
    (
      "GRANT popsec_operator TO popsec_support; GRANT pg_read_all_data TO popsec_gate",
      [
        .raised(FoundRole(name: "popsec_gate", memberships: ["pg_read_all_data"])),
        .raised(FoundRole(name: "popsec_support", memberships: ["popsec_operator"])),
      ]
    ),
  ]

  private static func more(
    _ who: String, _ rights: [String], _ objects: String..., kind: DatabaseObject.Kind = .table
  ) -> RightsFinding {
    .differs(who, tooMany: [RightsOnObjects(rights: rights, kind: kind, objects: objects)], tooFew: [])
  }

  private static func less(
    _ who: String, _ rights: [String], _ objects: String..., kind: DatabaseObject.Kind = .table
  ) -> RightsFinding {
    .differs(who, tooMany: [], tooFew: [RightsOnObjects(rights: rights, kind: kind, objects: objects)])
  }

  @Test("what somebody else did to the rights is told")
  func deviations() throws {
    try giveRights()
    let connection = try PostgresConnection(address, searchPath: "pg_catalog")
    for (sql, findings) in Self.deviations {
      try connection.execute("BEGIN; \(sql)")
      #expect(try FoundRights(on: connection).findings() == findings, "\(sql)")
      connection.rollBack()
    }
    try connection.execute("BEGIN; ALTER TABLE popsec.team OWNER TO popsec_gate")
    let findings = try FoundRights(on: connection).findings()
    guard findings.count == 1, case .foreign(let owner, let objects) = findings[0] else {
      Issue.record("\(findings)")
      return
    }
    #expect(owner == "popsec_gate" && objects.map(\.name) == ["popsec.team"])
  }

  @Test("the script takes back whatever popsec's roles and everybody were given, and gives what was taken")
  func restores() throws {
    try giveRights()
    _ = try server.query(
      name,
      """
      CREATE ROLE \(name)_heir;
      GRANT ALL ON ALL TABLES IN SCHEMA popsec, popsec_gate TO PUBLIC, popsec_gate;
      GRANT SELECT (sealed) ON popsec.token_id TO popsec_support;
      GRANT SELECT ON popsec.audit TO popsec_support WITH GRANT OPTION;
      SET ROLE popsec_support; GRANT SELECT ON popsec.audit TO \(name)_heir; RESET ROLE;
      GRANT ALL ON SCHEMA popsec TO PUBLIC; GRANT ALL ON SEQUENCE popsec.account_number_seq TO popsec_operator;
      REVOKE SELECT ON popsec.team FROM popsec_operator
      """)
    #expect(try FoundRights.read(address).findings().count == 5)
    try giveRights()
    #expect(try FoundRights.read(address).findings() == [])
  }
}
