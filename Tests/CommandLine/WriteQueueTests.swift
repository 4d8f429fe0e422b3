import Foundation
import GRDB
import Glibc
import TestSupport
import Testing

/// Tests commands while somebody writes the store who does not know the queue.
@Suite struct WriteQueueTests {
  private let program: Program
  private let writer: DatabaseQueue

  init() throws {
    program = try .initialized()
    try program.run("api-user", "add", "Portal", "--token", "t").mustSucceed()
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    writer = try DatabaseQueue(path: program.database, configuration: configuration)
    try writer.inDatabase { try $0.execute(sql: "BEGIN IMMEDIATE") }
  }

  private func letGo() throws { try writer.inDatabase { try $0.execute(sql: "ROLLBACK") } }

  @Test("a command that only reads runs while another writes, and waits for nobody")
  func reading() throws {
    let began = ContinuousClock.now
    for arguments in [["api-user", "list"], ["token", "list", "Portal"], ["audit", "list"]] {
      let outcome = try program.run(arguments)
      outcome.mustSucceed()
      #expect(outcome.errors.isEmpty)
    }
    // A wait would be reported after a second, and end after thirty.
    #expect(ContinuousClock.now - began < .seconds(20))
    try letGo()
  }

  @Test(
    "a look is shown while another process writes, and recorded when that process is done",
    arguments: [
      (["explain", "--api-user", "Portal", "--widget", "none"], "access.explain", Int32(1)),
      (["export"], "store.export", 0),
    ])
  func looking(arguments: [String], action: String, status: Int32) throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    let running = try program.start(arguments, output: ends[1])
    close(ends[1])
    var byte = UInt8(0)
    #expect(read(ends[0], &byte, 1) == 1)
    try letGo()
    while read(ends[0], &byte, 1) > 0 {}
    close(ends[0])
    let outcome = try running.wait()
    #expect(outcome.status == status, "\(outcome.errors)")
    let rows = try program.run("audit", "list", "--json").object().elements
    #expect(rows.contains { $0["action"]?.text == action })
  }

  @Test("a waiting command tells who writes, and gets its turn; a killed writer holds up nobody")
  func waiting() throws {
    let first = try program.start(["api-user", "add", "Killed"])
    try eventually("the word that others write") { !first.errors.isEmpty }
    #expect(first.errors.contains("(popsec-") || first.errors.contains("process \(getpid())"))
    let others = try (1...3).map { try program.start(["api-user", "add", "User \($0)"]) }
    try eventually("all to wait") { others.allSatisfy { $0.errors.contains("waiting: ") } }
    first.kill(SIGKILL)
    #expect(try first.wait().signal == SIGKILL)
    try letGo()
    for other in others {
      let outcome = try other.wait()
      #expect(outcome.status == 0 && outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
    }
  }
}
