import Foundation
import Testing

extension EndToEnd.Team {
  @Suite(
    "the ends of the audit log are kept elsewhere",
    .enabled(if: LogSocket.obstacle == nil, "\(LogSocket.obstacle ?? "")"))
  struct SystemLog {
    @Test("the heads that were sent show both a cut log and a store that was rolled back")
    func heads() throws {
      try onLoggedTeam { team, log in
        for _ in 0..<2 { try team.succeed(team.ssh(.operator, "api-user list")) }
        _ = try team.ssh(.support, "explain --api-user 'Portal Mexico' --widget Sales --company US")
        let earlier = team.store.path + "-earlier"
        try team.succeed(team.run("/bin/cp", ["-a", team.store.path, earlier]))
        try team.succeed(team.ssh(.administrator, "api-user add 'Portal US'"))
        let heads = try team.store.file("heads", log.lines.joined(separator: "\n"))
        #expect(
          try log.lines.contains { $0.contains(" unsigned ") }
            && log.lines.contains { $0.contains(" signed ") })
        func verify(_ arguments: String...) throws -> TestStore.Printed {
          try team.run(TeamAccounts.program, ["audit", "verify"] + arguments)
        }
        let whole = try verify("--heads", heads)
        #expect(
          whole.status == 0 && !whole.output.contains("not known: whether the log was cut"), "\(whole.output)"
        )

        try team.succeed(
          team.run(
            "/usr/bin/sqlite3",
            [
              team.store.path + "/popsec.db",
              "DROP TRIGGER audit_is_not_deleted; DELETE FROM audit_head; "
                + "DELETE FROM audit WHERE sequence > (SELECT max(sequence) - 2 FROM audit)",
            ]))
        #expect(try verify().status == 0)
        #expect(try verify().output.contains("not known: whether the log was cut"))
        let cut = try verify("--heads", heads)
        #expect(cut.status == 1 && cut.output.contains("the log was cut, or the store is an earlier one"))

        try team.succeed(
          team.run(
            "/bin/sh",
            ["-c", "rm \(team.store.path)/popsec.db*; cp -a \(earlier)/popsec.db* \(team.store.path)"]))
        let back = try verify("--heads", heads)
        #expect(back.status == 1 && back.output.contains("FOUND: row"), "\(back.output)\(back.errors)")
        // Who goes on from there leaves other rows behind than were sent.
        try team.succeed(team.ssh(.administrator, "api-user add 'Portal Canada'"))
        try team.succeed(team.ssh(.administrator, "api-user add 'Portal Cuba'"))
        let other = try verify("--heads", heads)
        #expect(other.status == 1 && other.output.contains("is another than the one that was signed or sent"))
      }
    }

    @Test("a log that takes nothing, or is away, holds nobody up, and verify tells")
    func full() throws {
      try onLoggedTeam { team, log in
        func note() throws -> Bool {
          try team.asOwner("audit", "verify").output.contains("note: the system's log did not take the head")
        }
        func add(_ number: Int) throws {
          try team.succeed(team.ssh(.administrator, "api-user add 'User \(number)'"))
        }
        try add(0)
        #expect(try !note())
        log.isTaking = false
        for number in 1...15 { try add(number) }
        #expect(try note())
        log.isTaking = true
        try add(16)
        #expect(try !note())
        let heads = try team.store.file("heads", log.lines.joined(separator: "\n"))
        #expect(try team.run(TeamAccounts.program, ["audit", "verify", "--heads", heads]).status == 0)
        log.end()
        try add(17)
        #expect(try note())
        #expect(try team.run(TeamAccounts.program, ["audit", "verify"]).status == 0)
      }
    }

    private func onLoggedTeam(_ body: (TeamServer, LogSocket) throws -> Void) throws {
      try onStore(.nothing) { store in
        store.isOpenToOthers = true
        let log = try LogSocket(folder: store.privateFolder("dev"))
        chmod(store.folder.path + "/dev", 0o755)
        defer { log.end() }
        let team = try TeamServer(store, wrapper: log.wrapper)
        defer { team.end() }
        try body(team, log)
      }
    }
  }
}
