import Foundation
import TestSupport
import Testing

extension EndToEnd {
  @Suite(
    "a copy of a store that was interrupted",
    .enabled(if: PostgresServer.shared != nil, "\(PostgresServer.absence)"))
  struct InterruptedCopy {
    @Test("is refused by every command, and the same command goes on with it", arguments: [false, true])
    func goesOn(intoDatabase: Bool) throws {
      try onCopy(into: intoDatabase) { copy in
        let status = try copy.interrupt(SIGKILL).status
        #expect(status == 128 + SIGKILL)
        try copy.expectRefusals()
        let done = try copy.run()
        #expect(done.status == 0 && done.errors.contains("going on with the copy"), "\(done.errors)")
        try copy.expectSame()
        // Now it is a store, into which nothing is copied.
        #expect(try copy.run().status == 73)
      }
    }

    @Test("tells what it leaves where Ctrl-C ends it", arguments: [false, true])
    func signal(intoDatabase: Bool) throws {
      try onCopy(into: intoDatabase) { copy in
        let printed = try copy.interrupt(SIGINT)
        #expect(printed.errors.contains("has not ended, and the same command goes on"), "\(printed.errors)")
        #expect(printed.status == 128 + SIGINT)
        #expect(try copy.run().status == 0)
        try copy.expectSame()
      }
    }

    @Test("begins anew where the store has changed, and is no other store's", arguments: [false, true])
    func changes(intoDatabase: Bool) throws {
      try onCopy(into: intoDatabase) { copy in
        _ = try copy.interrupt(SIGKILL)
        try onStore { other in
          let printed = try other.popsec("store", "copy", other.place, copy.target)
          #expect(printed.status == 73 && printed.errors.contains("another store"), "\(printed.errors)")
        }
        try copy.store.succeed("api-user", "add", "Later")
        let done = try copy.run()
        #expect(done.status == 0 && done.errors.contains("begins anew"), "\(done.errors)")
        try copy.expectSame()
      }
    }
  }
}

/// Runs the body with a store, and a place into which it is copied.
private func onCopy(into database: Bool, _ body: (Copying) throws -> Void) throws {
  try onStore(inDatabase: !database) { store in
    for name in ["Mexico", "US", "Canada"] { try store.succeed("api-user", "add", name, "--token", "first") }
    let server = try #require(PostgresServer.shared).get()
    try body(
      Copying(
        store: store, target: database ? try server.makeDatabase() : store.folder.path + "/copy",
        isDatabase: database))
  }
}

private struct Copying {
  let store: TestStore
  let target: String
  let isDatabase: Bool

  func run() throws -> TestStore.Printed { try store.popsec("store", "copy", store.place, target) }

  /// Ends the command by a signal when the copy has begun. It has a hundred transactions left then, because the records of
  /// gates come behind the rows of a store.
  func interrupt(_ signal: Int32) throws -> TestStore.Printed {
    let running = try store.start(["store", "copy", store.place, target])
    let server = try #require(PostgresServer.shared).get()
    try eventually("the beginning of the copy") {
      guard isDatabase else { return FileManager.default.fileExists(atPath: target + "/gate.db.copying") }
      let begun = "SELECT count(*) FROM pg_namespace WHERE nspname = 'popsec_copy'"
      return try server.query(PostgresServer.name(target), begun) == "1"
    }
    kill(running.pid, signal)
    return try running.finish()
  }

  func expectRefusals() throws {
    let keys = isDatabase ? store.path + "/keys" : store.folder.path + "/keys"
    let commands = [
      ["team", "list"], ["api-user", "add", "Portal"], ["init"], ["upgrade", "--check"], ["doctor"],
      ["audit", "verify"],
    ]
    for command in commands {
      let printed = try store.start(command + ["--store", target, "--keys", keys]).finish()
      #expect(
        printed.status != 0 && (printed.errors + printed.output).contains("a copy of a store into"),
        "\(command) \(printed.status) \(printed.output) \(printed.errors)")
    }
  }

  func expectSame() throws {
    #expect(try store.popsec("store", "compare", store.place, target).status == 0)
    let keys = isDatabase ? store.path + "/keys" : store.folder.path + "/keys"
    try store.succeed("audit", "verify", "--store", target, "--keys", keys)
  }
}
