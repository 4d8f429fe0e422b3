import Foundation
import TestSupport
import Testing

extension EndToEnd {
  @Suite(
    "a store on two machines, of which one is lost",
    .enabled(if: DatabaseHosts.obstacle == nil, "\(DatabaseHosts.obstacle ?? "")"))
  struct LostMachine {
    @Test("no acknowledged change is lost when the primary is killed, and gates answer by the new one")
    func killed() throws {
      try onHosts { store, hosts, ask in
        let writer = try Writer(store, hosts.prefix(3))
        try eventually("some changes") { try writer.acknowledged().count >= 3 }
        try hosts.killServer(1)
        for host in 1...3 { #expect(ask(host).status == 503) }
        try hosts.promote(2)
        for host in 1...3 { try eventually("the gate of host \(host)") { ask(host).status == 200 } }
        let before = try writer.acknowledged().count
        try eventually("more changes") { try writer.acknowledged().count > before }
        let acknowledged = try writer.stop()
        let names = try store.popsec("api-user", "list", "--columns", "name", "--no-header").output
          .split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        #expect(Set(names).count == names.count, "a change was made twice")
        #expect(acknowledged.filter { !names.contains($0) } == [], "an acknowledged change is lost")
        #expect(try store.popsec("audit", "verify").status == 0)
      }
    }

    @Test("a gate that is cut off together with the former primary answers by it no longer than its lease")
    func cutOff() throws {
      try onHosts { store, hosts, ask in
        try hosts.setWire(of: 1, cut: true)
        // The gate of the cut host still reaches the primary there, which nobody confirms any more.
        try eventually("the end of the lease") { ask(1).status == 503 }
        try hosts.promote(2)
        for host in 2...3 { try eventually("the gate of host \(host)") { ask(host).status == 200 } }
        #expect(try store.popsec("token", "revoke", "Portal Mexico", "portal", "--yes").status == 0)
        #expect([1, 2, 3].map { ask($0).status } == [503, 401, 401])
        // Back in the network, the former primary still serves, and still shows no confirmation.
        try hosts.setWire(of: 1, cut: false)
        #expect([401, 503].contains(ask(1).status))
        try hosts.killServer(1)
        try eventually("the gate of host 1") { ask(1).status == 401 }
      }
    }

    @Test("a standby can be promoted which has received only the beginning of a record")
    func partialRecord() throws {
      try onServers { store, hosts in
        // Nobody waits for this record, so that the server sends only the pages which the record fills.
        try hosts.sql(1, "SELECT pg_logical_emit_message(false, 'popsec', repeat('x', 20000))")
        try eventually("the beginning of the record") {
          try hosts.sql(2, "SELECT pg_last_wal_replay_lsn() < pg_last_wal_receive_lsn()") == "t"
        }
        try hosts.killServer(1)
        try hosts.promote(2)
        #expect(try store.popsec("audit", "verify").status == 0)
      }
    }

    @Test("while no standby is there, gates keep few of the server's processes waiting for one")
    func waiting() throws {
      try onHosts { _, hosts, ask in
        try hosts.killServer(2)
        for host in 1...3 { try eventually("the end of the lease") { ask(host).status == 503 } }
        // Each gate asks again and again, each time by another process.
        var processes: Set<Substring> = []
        try eventually("many processes") {
          let waiting = try hosts.sql(1, "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
            .split(separator: "\n")
          #expect(waiting.count < 9)
          processes.formUnion(waiting)
          return processes.count >= 15
        }
      }
    }

    @Test(
      "without its database a gate answers by what it knew, where it may, says so, and people learn of it afterwards"
    )
    func stale() throws {
      // A gate knows of a setting when it renews its lease, so that the setting comes before the gates.
      try onHosts(staleSeconds: 600) { store, hosts, ask in
        try store.succeed("token", "add", "Portal Mexico", "other")
        let other = try store.tokenID("Portal Mexico", "other")
        for host in 1...3 { #expect(ask(host, other).status == 200) }
        try store.succeed("token", "revoke", "Portal Mexico", "other", "--yes")
        for host in 1...3 { #expect(ask(host, other).status == 401) }
        for host in 1...3 { for _ in 1...8 { #expect(ask(host).status == 200) } }
        try hosts.killServer(1)
        var given = OldAnswers()
        func askCounting(_ host: Int, _ token: String? = nil) -> Answered {
          let answer = ask(host, token)
          if answer.staleSeconds != nil { given.counts[ask.process(host), default: 0] += 1 }
          return answer
        }
        let answer = try eventually("an answer without the database") {
          let answer = askCounting(3)
          return answer.status == 200 ? answer : nil
        }
        #expect(answer.staleSeconds != nil)
        for host in 1...3 {
          #expect(askCounting(host, other).status != 200, "what was revoked before came through")
        }
        try hosts.promote(2)
        try eventually("the database") {
          let answer = askCounting(3)
          return answer.staleSeconds == nil && answer.status == 200
        }
        var told = OldAnswers()
        try eventually("the notices") {
          told.add(try OldAnswers.told(store))
          return told.sum >= given.sum
        }
        #expect(try told == given && OldAnswers.told(store) == OldAnswers())
        #expect(try OldAnswers.recorded(store) == given)
        #expect(try store.popsec("audit", "verify").status == 0)
      }
    }

    /// How many old answers gates gave, by the gates' processes.
    struct OldAnswers: Equatable {
      var counts: [Int: Int] = [:]

      var sum: Int { counts.values.reduce(0, +) }

      mutating func add(_ other: OldAnswers) { counts.merge(other.counts, uniquingKeysWith: +) }

      /// What one run of notices tells.
      static func told(_ store: TestStore) throws -> OldAnswers {
        struct Event: Decodable {
          struct Values: Decodable { let process, answers: Int }
          let subject: String
          let data: Values
        }
        let lines = try store.popsec("notify", "--once").output.split(separator: "\n")
          .filter { $0.contains(#""type":"popsec.gate.stale""#) }
        return try lines.reduce(into: OldAnswers()) { sums, line in
          let event = try JSONDecoder().decode(Event.self, from: Data(line.utf8))
          #expect(event.subject == "gate")
          sums.counts[event.data.process, default: 0] += event.data.answers
        }
      }

      /// What the audit log tells.
      static func recorded(_ store: TestStore) throws -> OldAnswers {
        let rows = try store.json([AuditRow].self, "audit", "list", "--what", "gate.stale")
        return try rows.reduce(into: OldAnswers()) { sums, row in
          func number(_ field: String) throws -> Int {
            try #require((row.changes[field]?.after).flatMap { Int($0) })
          }
          #expect(row.user == "popsec")
          sums.counts[try number("process"), default: 0] += try number("answers")
        }
      }
    }

    struct Answered: Equatable {
      /// The status, or 503 where the gate tells nginx that it can't decide; nginx itself takes only 401 and 403.
      let status: Int
      /// What the gate says of its age; nil where it says nothing.
      let staleSeconds: String?
    }

    /// Asks the gate of a host.
    struct Asking {
      let houses: [Int: GateHouse]
      let token: String

      /// The process of the gate on a host.
      func process(_ host: Int) -> Int { houses[host].map { Int($0.gate.pid) } ?? 0 }

      func callAsFunction(_ host: Int, _ other: String? = nil) -> Answered {
        let request = """
          GET /auth/nginx HTTP/1.1\r\nHost: gate\r\nX-Original-Method: GET\r\n\
          X-Original-URL: https://portal.example.com/widgets/sales?token=\(other ?? token)\r\n\r\n
          """
        let text = try? houses[host]?.raw(Array(request.utf8), patience: 5_000, once: true)
        let reply = text.flatMap { try? GateHouse.Reply($0) }
        let isOut = reply?.headers["x-popsec-reason"] == "unavailable"
        return Answered(
          status: isOut ? 503 : reply?.status ?? 0, staleSeconds: reply?.headers["x-popsec-stale"])
      }
    }

    /// Runs the body with a store in a primary on host 1, and its standby on host 2. Commands run on host 3.
    private func onServers(_ body: (TestStore, DatabaseHosts) throws -> Void) throws {
      try onStore(.nothing, at: DatabaseHosts.database) { store in
        let hosts = try DatabaseHosts(store)
        defer { hosts.end() }
        try hosts.startPrimary(1)
        try hosts.startStandby(2, of: 1)
        store.commandPrefix = hosts.prefix(3)
        try store.succeed("init", "--decoys", "0")
        try body(store, hosts)
      }
    }

    /// Runs the body with a gate on each host, too.
    private func onHosts(staleSeconds: Int = 0, _ body: (TestStore, DatabaseHosts, Asking) throws -> Void)
      throws
    {
      try onServers { store, hosts in
        try store.succeed("apply", "--yes", try store.file("catalogue.yaml", BusinessCentral.catalogue))
        try store.succeed("settings", "set", "gate.lease", "2")
        try store.succeed("settings", "set", "gate.stale", String(staleSeconds))
        let token = try store.mexico()
        var houses: [Int: GateHouse] = [:]
        defer { for house in houses.values { house.end() } }
        for host in 1...3 {
          store.commandPrefix = hosts.prefix(host)
          houses[host] = try GateHouse(store, named: "gate\(host)")
        }
        store.commandPrefix = hosts.prefix(3)
        let ask = Asking(houses: houses, token: token)
        for host in 1...3 { try eventually("the gate of host \(host)") { ask(host).status == 200 } }
        try body(store, hosts, ask)
      }
    }
  }
}

/// Adds one API user after another by commands, and writes down the names of those that were acknowledged.
private final class Writer {
  private let process: Running
  private let file: String

  init(_ store: TestStore, _ prefix: [String]) throws {
    file = try store.file("acknowledged", "")
    let script = """
      number=0
      while [ ! -e "$1.stop" ]; do
        number=$((number + 1))
        "$2" api-user add "written $number" > /dev/null 2>&1 && echo "written $number" >> "$1"
      done
      """
    let words = prefix + ["/bin/sh", "-c", script, "sh", file, TestStore.program]
    process = try Running(
      words[0], Array(words.dropFirst()), environment: store.environment,
      file: store.folder.appendingPathComponent("writer"))
  }

  func acknowledged() throws -> [String] {
    try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  func stop() throws -> [String] {
    _ = FileManager.default.createFile(atPath: file + ".stop", contents: nil)
    _ = try process.finish()
    return try acknowledged()
  }
}
