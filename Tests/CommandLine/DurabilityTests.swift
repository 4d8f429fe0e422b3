import Administration
import Foundation
import GRDB
import Glibc
import TestSupport
import Testing

@Suite struct DurabilityTests {
  private func names(_ program: Program) throws -> Set<String> {
    Set(try program.run("api-user", "list", "--json").object().elements.compactMap { $0["name"]?.text })
  }

  private func isIntact(_ program: Program) throws -> Bool {
    guard program.databaseAddress == nil else {
      return try program.run("audit", "verify").status == 0
        && KnownStore.open(program.place, keys: program.keys).inspect().damages == []
    }
    return try DatabaseQueue(path: program.database).read {
      try String.fetchAll($0, sql: "PRAGMA integrity_check") == ["ok"]
    }
  }

  @Test("two processes that write at once both get all in", arguments: Engine.all)
  func concurrentWriters(engine: Engine) throws {
    let program = try Program.initialized(on: engine)
    for round in 0..<5 {
      let running = try (0..<4).map {
        try program.start(["api-user", "add", "User \(round) \($0)", "--token", "t"])
      }
      for process in running { try process.wait().mustSucceed() }
    }
    #expect(try names(program).count == 20)
    #expect(try isIntact(program))
  }

  @Test("where two commands add the same name at once, one is refused", arguments: Engine.all)
  func sameName(engine: Engine) throws {
    let program = try Program.initialized(on: engine)
    let outcomes = try (0..<4).map { _ in try program.start(["api-user", "add", "Same"]) }.map {
      try $0.wait()
    }
    #expect(outcomes.compactMap(\.status).sorted() == [0, 65, 65, 65])
  }

  @Test(
    "kill -9 at any time loses nothing that was acknowledged, and leaves the store whole",
    arguments: Engine.all)
  func killed(engine: Engine) throws {
    let program = try Program.initialized(on: engine)
    var acknowledged: Set<String> = []
    var killed = 0
    for index in 0..<(engine.hasDatabases ? 30 : 60) {
      let name = "User \(index)"
      let process = try program.start(["api-user", "add", name, "--token", "t"])
      // The whole command takes about this long, so that the kill can hit any part of it.
      usleep(UInt32.random(in: 0..<(engine.hasDatabases ? 120_000 : 60_000)))
      process.kill(SIGKILL)
      let outcome = try process.wait()
      if outcome.output.contains("added API user") { acknowledged.insert(name) }
      if outcome.signal == SIGKILL { killed += 1 }
    }
    let kept = try names(program)
    #expect(acknowledged.subtracting(kept) == [])
    #expect(killed > 0)
    #expect(try isIntact(program))
    // Each user was added together with its token, or not at all.
    for name in kept {
      #expect(try program.run("token", "list", name, "--json").object().count == 1)
    }
  }
}
