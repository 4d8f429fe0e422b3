import Access
import Foundation
import TestSupport
import Testing

extension EndToEnd {
  @Suite("keys are exchanged while a gate answers")
  struct KeyRotation {
    private static let count = 3_000

    /// A gate that is asked all the time, for tokens of which number 0 is revoked and the last unknown.
    private func whileAsked(
      inDatabase: Bool = false, _ body: (TestStore, KnownTokens, Asker) throws -> Void
    ) throws {
      // What is asked is known here alone: no file or output may hold a Token ID.
      try onStore(inDatabase: inDatabase) { store in
        _ = try store.mexico()
        let known = try KnownTokens(store, of: "Portal Mexico", count: Self.count)
        try store.succeed("token", "revoke", "Portal Mexico", "token 0", "--yes")
        let house = try GateHouse(store)
        defer { house.end() }
        let asker = Asker(house.socket, known.tokenIDs.map(\.revealed) + [TokenID.generate().revealed])
        asker.expect(401, of: 0)
        asker.expect(401, of: Self.count)
        defer { _ = try? asker.finish() }
        try asker.waitFor(200)
        try body(store, known, asker)
        try asker.waitFor(200)
        let tally = try asker.finish()
        #expect(tally.wrong == [], "of \(tally.asked) requests")
        #expect(house.gate.isAlive)
        #expect(try known.areFound())
        #expect(try known.canBeCopied(stride(from: 1, to: Self.count, by: 10)))
        #expect(try store.popsec("audit", "verify").status == 0)
      }
    }

    @Test("both keys are exchanged one after the other, and no request is refused or let through wrongly")
    func both() throws {
      try whileAsked { store, known, asker in
        for kind in TokenKeyKind.allCases {
          let before = asker.tally.asked
          // One is revoked in the middle of it, as an administrator would.
          let victim = kind == .lookup ? 1_500 : 2_500
          let rotating = try store.start(["key", "rotate", kind.rawValue, "--forget", "--json"])
          asker.expect(nil, of: victim)
          try store.succeed("token", "revoke", "Portal Mexico", "token \(victim)", "--yes")
          asker.expect(401, of: victim)
          let printed = try rotating.finish()
          #expect(printed.status == 0, "\(printed.errors)")
          #expect(printed.output.contains("\"oldKey\" : null"))
          #expect(asker.tally.asked > before)
          #expect(try known.counts(kind).count == 1)
        }
      }
    }

    @Test(
      "an exchange that is killed in the middle leaves a gate that answers correctly, and can be continued",
      arguments: StorePlaces.all)
    func killed(inDatabase: Bool) throws {
      try whileAsked(inDatabase: inDatabase) { store, known, asker in
        for kind in TokenKeyKind.allCases {
          try killInTheMiddle(of: ["key", "rotate", kind.rawValue, "--forget"], store, known, kind)
          #expect(try known.counts(kind).count == 2)
          try asker.waitFor(500)
          #expect(try store.popsec("doctor").output.contains("\(kind.rawValue) key"))
          try store.succeed("key", "rotate", kind.rawValue, "--forget")
          #expect(try known.counts(kind).count == 1)
          let actions = try store.json([AuditRow].self, "audit", "list", "--limit", "10").map(\.action)
          #expect(actions.contains("store.resumeKeyRotation") && actions.contains("store.finishKeyRotation"))
        }
      }
    }

    /// Kills it when some Token IDs are kept under the new key, and some under the old one.
    private func killInTheMiddle(
      of command: [String], _ store: TestStore, _ known: KnownTokens, _ kind: TokenKeyKind
    ) throws {
      let rotating = try store.start(command)
      try eventually("Token IDs under both keys") {
        try !rotating.isAlive || known.counts(kind).count >= 2
      }
      kill(rotating.pid, SIGKILL)
      let printed = try rotating.finish()
      #expect(printed.status == 128 + SIGKILL, "\(printed.output)\(printed.errors)")
    }
  }
}
