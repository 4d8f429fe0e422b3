import Access
import Foundation
import Glibc
@testable import PostgresStore
@testable import SQLStore
import Store
import Synchronization
import TestSupport
import Testing

@Suite(
  "PostgreSQL as the store's engine", .serialized,
  .enabled(if: PostgresServer.shared != nil, "\(PostgresServer.absence)"))
struct PostgresTests {
  private let server: PostgresServer

  init() throws { server = try #require(PostgresServer.shared).get() }

  private func made(_ options: String = "") throws -> PostgresAddress {
    try PostgresAddress(try server.makeDatabase(options))
  }

  @Test("writers at once lose no change, and leave no gap in the audit log")
  func writers() throws {
    let address = try made()
    let store = try PostgresStore.create(address, now: .start)
    let failures = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 20) { writer in
      do {
        let own = try PostgresStore.open(address)
        for change in 0..<10 {
          try own.write { transaction in
            let last = try transaction.auditHead()?.sequence ?? 0
            try transaction.append(Self.record(last + 1, "\(writer) \(change)"))
          }
        }
      } catch { failures.add(1, ordering: .relaxed) }
    }
    #expect(failures.load(ordering: .relaxed) == 0)
    let records = try store.read { try $0.auditRecords(after: 0, limit: 1_000) }
    #expect(records.map(\.sequence) == Array(1...200))
    #expect(Set(records.map(\.target.name)).count == 200)
  }

  static func record(_ number: Int64, _ name: String) -> AuditRecord {
    AuditRecord(
      sequence: number, at: .start, actor: Actor(name: "ops", frontEnd: .console), action: "token.revoke",
      target: AuditTarget(.token, id: "x", name: name), details: "{}", previousHash: Sample.bytes(32),
      hash: Sample.bytes(32))
  }

  @Test("a writer that must not wait is told that others write; a server that ends takes nothing back")
  func busy() throws {
    let address = try made()
    let (one, other) = (try PostgresStore.create(address, now: .start), try PostgresStore.open(address))
    try one.write { writer in
      try writer.append(Self.record(1, "first"))
      #expect(throws: StoreError.busy(path: address.uri, writer: nil)) {
        try other.writeAtOnce { try $0.append(Self.record(1, "second")) }
      }
    }
    // The idle connections are cut off, and the next transaction begins on a new one.
    try server.cutConnections(of: address.uri)
    #expect(try one.read { try $0.auditHead()?.sequence } == 1)
    try other.write { try $0.append(Self.record(2, "second")) }
    #expect(try one.read { try $0.auditHead()?.sequence } == 2)
  }

  @Test("a connection that is cut within a transaction is an error, and changes nothing")
  func cut() throws {
    let address = try made()
    let store = try PostgresStore.create(address, now: .start)
    #expect(throws: StoreError.self) {
      try store.write { writer in
        try writer.append(Self.record(1, "lost"))
        try server.cutConnections(of: address.uri)
      }
    }
    #expect(try store.read { try $0.auditHead() } == nil)
  }

  @Test(
    "what failed first is told, whoever asked next and didn't mind, and nothing of the transaction is kept")
  func firstFailure() throws {
    let address = try made()
    let store = try PostgresStore.create(address, now: .start)
    func write(reading read: (any StoreWriter) -> Void) throws {
      try store.write { writer in
        try writer.append(Self.record(1, "first"))
        // Its answer is not waited for.
        try writer.append(Self.record(1, "taken"))
        read(writer)
        try writer.append(Self.record(2, "second"))
      }
    }
    for read in [{ _ in }, { _ = try? $0.auditHead() }] as [(any StoreWriter) -> Void] {
      let error = #expect(throws: StoreError.self) { try write(reading: read) }
      guard case .constraint = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(try store.read { try $0.auditHead() } == nil)
    }
    // The connection serves on.
    try store.write { try $0.append(Self.record(1, "first")) }
    #expect(try store.read { try $0.auditHead()?.sequence } == 1)
  }

  @Test("many statements go together, and each of them counts")
  func manyStatements() throws {
    let store = try PostgresStore.create(try made(), now: .start)
    try store.write { writer in
      for number in 1...1_000 as ClosedRange<Int64> { try writer.append(Self.record(number, "one of many")) }
    }
    let records = try store.read { try $0.auditRecords(after: 0, limit: 2_000) }
    #expect(records.map(\.sequence) == Array(1...1_000))
  }

  @Test(
    "the hosts of an address take turns at being tried first, each with its port",
    arguments: [
      ("postgresql:///popsec", [nil, nil], [nil, nil]),
      ("postgresql://a/popsec", ["a", nil], ["a", nil]),
      ("postgresql://a,b:5433,c/popsec", ["a,b,c", ",5433,"], ["b,c,a", "5433,,"]),
      ("postgresql:///popsec?host=a,b&port=5433", ["a,b", "5433"], ["b,a", "5433"]),
    ])
  func turns(uri: String, first: [String?], second: [String?]) throws {
    let address = try PostgresAddress(uri)
    func hosts(_ number: Int) -> [String?] {
      let hosts = address.hosts(from: number)
      return [hosts.host, hosts.port]
    }
    #expect(hosts(0) == first)
    #expect(hosts(1) == second)
    #expect(hosts(6) == first)
    #expect(address.number(ofHost: "b", port: "5433") == (uri.contains("b") ? 1 : 0))
    #expect(address.number(ofHost: "a", port: "5433") == 0)
  }

  @Test("a watch sees each commit of others, and nothing else")
  func watches() throws {
    let address = try made()
    let (store, other) = (try PostgresStore.create(address, now: .start), try PostgresStore.open(address))
    let watch = try store.watch()
    #expect(try watch.hasChanged())
    try watch.read { reader, _ in _ = try reader.auditHead() }
    #expect(try !watch.hasChanged() && !watch.hasChanged())
    try other.write { try $0.append(Self.record(1, "first")) }
    #expect(try watch.hasChanged())
  }

  @Test("the rules of the schema hold against whoever connects as the owner")
  func rules() throws {
    let store = try PostgresStore.create(try made(), now: .start)
    try store.write { try $0.append(Self.record(1, "first")) }
    for statement in [
      "UPDATE audit SET actor = 'nobody'", "DELETE FROM audit", "TRUNCATE audit",
      "DELETE FROM store_identity",
      "UPDATE store_identity SET store_id = repeat('0', 32)",
    ] {
      #expect(throws: StoreError.self, "\(statement)") {
        try store.pool.with { try $0.execute(statement) }
      }
    }
  }

  @Test("what somebody else did to the schema is told")
  func damages() throws {
    let store = try PostgresStore.create(try made(), now: .start)
    #expect(try store.read { try $0.damages() } == [])
    for (statement, part) in [
      ("CREATE TABLE stranger (a INT)", "column stranger.a"),
      ("ALTER TABLE audit DISABLE TRIGGER audit_is_not_updated", "audit_is_not_updated"),
      ("DROP INDEX team_name", "team_name"),
      (
        "CREATE OR REPLACE FUNCTION instr(whole TEXT, part TEXT) RETURNS BIGINT LANGUAGE sql AS 'SELECT 1'",
        "instr"
      ),
    ] {
      try store.pool.with { _ = try $0.execute(statement) }
      #expect(try store.read { try $0.damages() }?.contains { $0.contains(part) } == true, "\(statement)")
    }
  }

  @Test("records of gates from an earlier popsec are brought up to date, although the store is")
  func earlierRecords() throws {
    let address = try made()
    let store = try PostgresStore.create(address, now: .start)
    #expect(try PostgresStore.outline(address).pending == [])
    try store.pool.with {
      _ = try $0.execute(
        "DROP TABLE popsec_gate.stale_span; DELETE FROM popsec_gate.migration WHERE number >= 8")
    }
    let uses = PostgresUseStore(address)
    #expect(throws: StoreError.self, "records that this popsec does not know are not read") {
      try uses.staleSpans()
    }
    let pending = try PostgresStore.outline(address).pending
    #expect(pending.map { $0.prefix { $0 != ":" } } == ["records of gates, 8"])
    try PostgresStore.upgrade(address, now: .start) {}
    #expect(try PostgresStore.outline(address).pending == [])
    let span = StaleSpan(
      id: .random(), host: try Name("web1"), process: 7, firstAt: .start, lastAt: .start, count: 1)
    try uses.add(span)
    #expect(try uses.staleSpans() == [span])
  }

  @Test("a database that can't hold a store is refused")
  func unfit() throws {
    #expect(throws: PostgresProblem.self) {
      try PostgresStore.create(try made("ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0"), now: .start)
    }
    let address = try made()
    #expect(throws: StoreError.missing(path: address.uri)) { try PostgresStore.open(address) }
    _ = try PostgresStore.create(address, now: .start)
    #expect(throws: StoreError.exists(path: address.uri)) { try PostgresStore.create(address, now: .start) }
  }

  @Test(
    "a pooler before the server is refused",
    .enabled(if: FileManager.default.isExecutableFile(atPath: pooler)),
    arguments: ["transaction", "session", "statement"])
  func pooled(mode: String) throws {
    let folder = try TemporaryFolder()
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.path)
    let settings = folder.path + "/pgbouncer.ini"
    try """
    [databases]
    * = host=\(server.folder) user=popsec
    [pgbouncer]
    listen_addr =
    listen_port = 6432
    unix_socket_dir = \(folder.path)
    auth_type = any
    pool_mode = \(mode)
    """.write(toFile: settings, atomically: true, encoding: .utf8)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.pooler)
    process.arguments = ["-q"] + (getuid() == 0 ? ["-u", "postgres"] : []) + [settings]
    process.standardError = FileHandle.nullDevice
    try process.run()
    defer {
      // The threads that run tests block signals, and a process inherits that.
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    let place = folder.path.replacing("/", with: "%2F")
    let address = try PostgresAddress("postgresql://popsec@/postgres?host=\(place)&port=6432")
    // Until the pooler listens, the database can't be reached.
    let reason = try eventually("the pooler's refusal") {
      do { return try PostgresStore.open(address).location } catch PostgresProblem.unreachable {
        return nil
      } catch PostgresProblem.unfit(_, let reason, _) { return reason }
    }
    #expect(reason.contains("a pooler such as PgBouncer"))
  }

  private static let pooler = "/usr/sbin/pgbouncer"

  @Test(
    "an address with a secret, or a malformed one, is refused",
    arguments: [
      "postgresql://user:secret@host/store", "postgresql://host/store?password=secret",
      "postgresql://host/store?sslpassword=secret", "postgresql://[host/store",
      "postgresql://host/store?nonsense=1",
    ])
  func addresses(uri: String) {
    #expect { try PostgresAddress(uri) } throws: { error in
      let problem = error as? PostgresProblem
      return problem?.exitStatus == .usage && problem?.message.contains("user:") == false
    }
  }
}

@Suite("SQL for PostgreSQL")
struct PostgresSQLTests {
  @Test(
    "values are numbered as SQLite numbers them",
    arguments: [
      ("a = ? AND b = ?", "a = $1 AND b = $2"), ("a = ?2 AND b = ?", "a = $2 AND b = $3"),
      ("a = '?' AND b = ?1 OR c = ?1", "a = '?' AND b = $1 OR c = $1"),
      ("FROM team AS t INDEXED BY team_name WHERE t.id = ?", "FROM team AS t WHERE t.id = $1"),
      ("FROM a\nCROSS JOIN b ON b.id = a.id", "FROM a\nJOIN b ON b.id = a.id"),
    ])
  func numbers(shared: String, expected: String) { #expect(PostgresSQL.statement(shared) == expected) }

  @Test(
    "no more rows are asked for than are read",
    arguments: [
      ("SELECT 1 FROM a", "SELECT 1 FROM a LIMIT 1"), ("SELECT 1 FROM a LIMIT 5", "SELECT 1 FROM a LIMIT 5"),
      ("SELECT (SELECT 1 LIMIT 1) FROM a", "SELECT (SELECT 1 LIMIT 1) FROM a LIMIT 1"),
      ("INSERT INTO a VALUES (1) RETURNING b", "INSERT INTO a VALUES (1) RETURNING b"),
    ])
  func limits(sql: String, expected: String) { #expect(PostgresSQL.limited(sql, to: 1) == expected) }
}
