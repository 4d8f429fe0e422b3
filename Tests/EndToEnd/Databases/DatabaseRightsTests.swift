import Foundation
import TestSupport
import Testing

extension EndToEnd {
  @Suite(
    "who may do what in the database of a store",
    .enabled(if: PostgresServer.shared != nil, "\(PostgresServer.absence)"))
  struct DatabaseRights {
    private struct Check: Decodable {
      let subject: String
      let verdict: String
      let text: String
      let advice: String?
    }

    /// What doctor says of the roles of the database.
    private func told(_ store: TestStore) throws -> [Check] {
      let printed = try store.popsec("doctor", "--json")
      let checks = try JSONDecoder().decode([Check].self, from: Data(printed.output.utf8))
      #expect((printed.status == 1) == checks.contains { $0.verdict == "bad" }, "\(printed.errors)")
      #expect(checks.contains { $0.subject == "database login" && $0.text.contains("popsec is a superuser") })
      return checks.filter { $0.subject == "database roles" }
    }

    private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Resources/cluster/roles.sql")

    /// What somebody does, and what doctor says of it.
    private static let deviations: [(sql: String, text: String)] = [
      (
        "GRANT UPDATE ON popsec.audit TO popsec_operator",
        "popsec_operator has too many rights: UPDATE on popsec.audit"
      ),
      (
        "REVOKE SELECT ON popsec.law FROM popsec_gate; GRANT USAGE ON SEQUENCE popsec.account_number_seq TO popsec_gate",
        "popsec_gate has too many rights: USAGE on sequence popsec.account_number_seq; and too few rights: SELECT on popsec.law"
      ),
      (
        "GRANT SELECT ON popsec.team TO PUBLIC",
        "everybody (PUBLIC) has too many rights: SELECT on popsec.team"
      ),
      (
        "GRANT TRUNCATE, SELECT ON popsec_gate.denial TO login; GRANT USAGE ON SCHEMA popsec, popsec_gate TO login",
        "login has too many rights: USAGE on schemas popsec, popsec_gate; SELECT, TRUNCATE on popsec_gate.denial"
      ),
      (
        "ALTER DEFAULT PRIVILEGES IN SCHEMA popsec GRANT SELECT ON TABLES TO login",
        "login will have rights on what popsec makes later: SELECT on TABLES in popsec"
      ),
      (
        "ALTER TABLE popsec.team OWNER TO login",
        "login owns the table popsec.team, and may do everything there"
      ),
      (
        "GRANT popsec_gate TO popsec_support; ALTER ROLE popsec_support REPLICATION",
        "popsec_support can do more than its rights say, by REPLICATION, popsec_gate"
      ),
    ]

    @Test("doctor tells which rights are too many or too few, and its advice puts that right")
    func rights() throws {
      try onStore(inDatabase: true) { store in
        let server = try #require(PostgresServer.shared).get()
        func run(_ sql: String) throws { _ = try server.query(store.databaseName, sql) }
        let script = try String(contentsOf: Self.script, encoding: .utf8)
        #expect(try told(store).map(\.verdict) == ["note"])
        try run(script)
        #expect(try told(store).map(\.verdict) == ["good"])
        try run("CREATE ROLE login LOGIN")
        for (sql, _) in Self.deviations { try run(sql) }
        let checks = try told(store)
        #expect(checks.allSatisfy { $0.verdict == "bad" })
        #expect(checks.map(\.text).sorted() == Self.deviations.map(\.text).sorted())
        for advice in checks.compactMap(\.advice) {
          try run(advice.contains("roles.sql") ? script : String(advice.drop { $0 != ":" }.dropFirst()))
        }
        #expect(try told(store).map(\.verdict) == ["good"])
      }
    }
  }
}
