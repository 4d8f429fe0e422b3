import Foundation
import GRDB
import Glibc
import Testing

@Suite struct StoreTroubleTests {
  @Test("no store at all ends with 66 and says how to make one")
  func missing() throws {
    let outcome = try Program().run("api-user", "list")
    outcome.mustFail(66)
    #expect(outcome.errors.contains("popsec init"))
  }

  @Test(
    "rights that let others in are refused, unless allowed", arguments: [("", 0o750), ("/popsec.db", 0o644)])
  func looseRights(suffix: String, mode: Int) throws {
    let program = try Program.initialized()
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: program.store + suffix)
    let outcome = try program.run("api-user", "list")
    outcome.mustFail(77)
    #expect(outcome.errors.contains(String(mode, radix: 8)))
    try program.run("api-user", "list", "--allow-loose-rights").mustSucceed()
  }

  @Test(
    "keys that others may get at are refused, unless allowed",
    arguments: [("/lookup.key", 0o644), ("/seal.key", 0o644), ("", 0o755)])
  func looseKeys(file: String, mode: Int) throws {
    let program = try Program.initialized()
    try FileManager.default.setAttributes(
      [.posixPermissions: mode], ofItemAtPath: program.store + "/keys" + file)
    try program.run("api-user", "list").mustFail(77)
    try program.run("api-user", "list", "--allow-loose-rights").mustSucceed()
  }

  @Test(
    "a file that is no store is named as such and left alone",
    arguments: ["", "hello", String(repeating: "x", count: 8_192)])
  func foreign(content: String) throws {
    let program = try Program.initialized()
    try clearLog(program)
    try Data(content.utf8).write(to: URL(fileURLWithPath: program.database))
    let outcome = try program.run("api-user", "list")
    #expect([65, 66].contains(outcome.status))
    outcome.mustFail(outcome.status ?? 0)
    #expect(FileManager.default.contents(atPath: program.database) == Data(content.utf8))
  }

  @Test("a damaged store is reported in one message")
  func corrupt() throws {
    let program = try Program.initialized()
    for index in 0..<10 { try program.run("api-user", "add", "User \(index)").mustSucceed() }
    try clearLog(program)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: program.database))
    for index in 4_096..<bytes.count { bytes[index] = 0xA5 }
    try bytes.write(to: URL(fileURLWithPath: program.database))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: program.database)
    try program.run("api-user", "list").mustFail(65)
  }

  @Test("a store of a newer version is refused by that, untouched")
  func newer() throws {
    let program = try Program.initialized()
    let queue = try DatabaseQueue(path: program.database)
    try queue.write { database in
      let columns = try database.columns(in: "migration").map(\.name)
      let others = columns.filter { $0 != "number" }.map { "\"\($0)\"" }
      try database.execute(
        sql: """
          INSERT INTO migration (\((["number"] + others).joined(separator: ", ")))
          SELECT \((["99"] + others).joined(separator: ", ")) FROM migration LIMIT 1
          """)
    }
    try queue.close()
    let outcome = try program.run("api-user", "add", "x")
    outcome.mustFail(69)
    #expect(outcome.errors.contains("99"))
  }

  @Test("a store that another process holds is waited for, and then named busy")
  func busy() throws {
    let program = try Program.initialized()
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let pool = try DatabasePool(path: program.database, configuration: configuration)
    try pool.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    try program.run("api-user", "list").mustSucceed()
    let outcome = try program.run("api-user", "add", "x")
    #expect(outcome.status == 69)
    let lines = outcome.errors.split(separator: "\n")
    #expect(lines.map { $0.prefix { $0 != ":" } } == ["waiting", "popsec", "hint"], "\(outcome.errors)")
    #expect(lines.first?.contains("process \(getpid())") == true && outcome.errors.contains("busy"))
    try pool.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    try program.run("api-user", "add", "x").mustSucceed()
  }

  /// Moves the write-ahead log into the database and removes it.
  private func clearLog(_ program: Program) throws {
    let queue = try DatabaseQueue(path: program.database)
    try queue.inDatabase { _ = try Row.fetchAll($0, sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
    try queue.close()
    for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: program.database + suffix) }
  }
}
