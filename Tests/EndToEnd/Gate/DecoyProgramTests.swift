import Access
import Foundation
import TestSupport
import Testing

extension GatesEndToEnd {
  @Suite("a stolen copy of a store is found out by its decoy")
  struct DecoyProgram {
    private static func request(_ token: String) -> String {
      "GET /auth/nginx HTTP/1.1\r\nHost: popsec\r\nX-Original-URI: /widgets/sales?token=\(token)\r\n"
        + "X-Original-Method: GET\r\nX-Original-Host: portal.example.com\r\nX-Real-IP: 203.0.113.9\r\n"
        + "User-Agent: thief/1\r\n\r\n"
    }

    /// Without what differs from answer to answer.
    private func plain(_ answer: String) -> String {
      answer.replacing(#/Date: [^\r]*/#, with: "Date").replacing(
        #/[0-9a-f]{16}/#, with: "ID")
    }

    @Test("a thief who takes the store and its seal key tries the tokens, and the owner is notified")
    func stolen() throws {
      try onStore { store in
        let real = try store.mexico()
        try store.succeed("token", "decoy")
        let stolen = try store.privateFolder("stolen")
        for name in ["popsec.db", "keys"] {
          try FileManager.default.copyItem(atPath: store.path + "/" + name, toPath: stolen + "/" + name)
        }
        // The file of decoys was not taken. Nothing else tells.
        try FileManager.default.removeItem(atPath: stolen + "/keys/decoys")
        let house = try GateHouse(store)
        do {
          defer { house.end() }
          try present(try tokens(of: stolen, store), real: real, house)
          try expectNotice(store)
        }
        #expect(house.printed.contains("a decoy was presented"))
      }
    }

    /// Tries all Token IDs, as a thief does.
    private func present(_ tokens: [String], real: String, _ house: GateHouse) throws {
      let unknown = try house.raw(Array(Self.request(Self.unknownTokenID).utf8))
      #expect(unknown.hasPrefix("HTTP/1.1 401 "))
      for token in tokens where token != real {
        #expect(plain(try house.raw(Array(Self.request(token).utf8))) == plain(unknown))
      }
      #expect(try house.raw(Array(Self.request(real).utf8)).hasPrefix("HTTP/1.1 200 "))
    }

    private func expectNotice(_ store: TestStore) throws {
      var said = ""
      try eventually("a notice") {
        said += try store.popsec("notify", "--once").output
        return said.contains("popsec.decoy.used")
      }
      for fact in ["203.0.113.9", "Sales", "thief/1", "\"kind\":\"sealed\""] {
        #expect(said.contains(fact), "\(fact)")
      }
      try eventually("the denials") { try store.popsec("denials", "--json").output.contains("203.0.113.9") }
      #expect(!(try store.popsec("denials", "--json").output.lowercased().contains("decoy")))
    }

    /// Every Token ID of a copied store, as a thief reveals them elsewhere.
    private func tokens(of stolen: String, _ store: TestStore) throws -> [String] {
      struct Token: Decodable { let id: String }
      let all = try store.json([Token].self, "token", "list", "--store", stolen)
      #expect(all.count == 2)
      return try all.map { token in
        let printed = try store.popsec(
          "token", "reveal", "--id", token.id, "--store", stolen, mayReveal: true)
        return printed.output.trimmingCharacters(in: .whitespacesAndNewlines)
      }
    }

    /// No store has it.
    private static let unknownTokenID = TokenID.generate().revealed
  }
}
