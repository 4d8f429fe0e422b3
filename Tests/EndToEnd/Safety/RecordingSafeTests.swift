import Foundation
import Testing

extension EndToEnd {
  @Suite("a terminal that is recorded")
  struct RecordingSafe {
    /// By what it is known to be.
    enum Source: CaseIterable { case flag, store, user }

    private func person(_ source: Source, on store: TestStore) throws -> Person {
      try store.succeed("api-user", "add", "Portal", "--token", "portal")
      switch source {
      case .flag: break
      case .store: try store.succeed("settings", "set", "recordingSafe", "on")
      case .user:
        let me = try store.json([Name].self, "user", "list").map(\.name)
        try store.succeed("settings", "set", "recordingSafe", "on", "--user", try #require(me.first))
      }
      let arguments = source == .flag ? ["console", "--recording-safe"] : []
      return try store.person([TestStore.program] + arguments)
    }

    private struct Name: Decodable { let name: String }

    @Test(
      "the terminal gets no Token ID, whatever is pressed, and the command that gives it elsewhere works",
      arguments: Source.allCases)
    func console(source: Source) throws {
      try onStore { store in
        let person = try person(source, on: store)
        try person.sees("RECORDING-SAFE").presses("s a").sees("Portal").presses("Enter").sees("Tokens")
        try person.presses("j j j Enter").sees("Copy").settle()
        // Enter shows the details, of which the Token ID is none, and c there copies no more than elsewhere.
        for keys in [["c"], ["V"], ["Enter", "c"]] {
          for key in keys.dropLast() { try person.presses(key).sees("hidden").settle() }
          try person.presses(keys.last ?? "").sees("This terminal is given none", "token reveal --id")
            .settle()
          try person.presses("Enter").seesNo("This terminal is given none")
        }
        try person.clicks("Copy", inLineWith: "portal").sees("token reveal --id").settle()
        let line = try #require(person.line(with: "token reveal --id"))
        let id = try #require(line.firstMatch(of: #/--id ([0-9a-z]+)/#)?.output.1)
        #expect(person.clipboard.isEmpty)
        let printed = try store.popsec("token", "reveal", "--id", String(id), mayReveal: true)
        #expect(printed.status == 0)
        let secret = printed.output.trimmingCharacters(in: .whitespacesAndNewlines)
        // Nor in a form in which a recording would have it.
        let written = String(decoding: person.bytes, as: UTF8.self)
        for form in [secret, Data(secret.utf8).base64EncodedString()] {
          let isWritten = written.contains(form)
          #expect(!isWritten)
        }
      }
    }

    @Test("commands refuse a terminal, too, but not a file or a program")
    func commands() throws {
      try onStore { store in
        try store.succeed("api-user", "add", "Portal", "--token", "portal")
        try store.succeed("settings", "set", "recordingSafe", "on")
        for command in ["reveal", "copy"] {
          let person = try store.person([TestStore.program, "token", command, "Portal", "portal"])
          #expect(try person.seesEnd() == 77)
          try person.sees("in recording-safe mode", "hint: ")
          #expect(person.clipboard.isEmpty)
        }
        let printed = try store.popsec("token", "reveal", "Portal", "portal", mayReveal: true)
        #expect(Secrets.found(in: printed.output).count == 1)
        let actions = try store.json([Row].self, "audit", "list").map(\.action)
        #expect(actions.filter { $0 == "attempt.refused" }.count == 2)
        #expect(actions.filter { $0 == "token.reveal" }.count == 1)
      }
    }

    private struct Row: Decodable { let action: String }

    @Test("in tmux neither the terminal nor a buffer gets a Token ID", .enabled(if: Tool.tmux.isThere))
    func tmux() throws {
      try onStore { store in
        try store.succeed("api-user", "add", "Portal", "--token", "portal")
        let tmux = try TmuxServer(store, setClipboard: "on")
        defer { tmux.end() }
        let person = try tmux.person(running: [TestStore.program, "console", "--recording-safe"])
        try person.sees("Security").presses("s a").sees("Portal").presses("Enter").sees("Tokens")
        try person.presses("j j j Enter").sees("Copy").settle().presses("c").sees("token reveal --id")
          .settle()
        #expect(person.clipboard.isEmpty)
        #expect(throws: Failure.self) { try tmux.buffer() }
      }
    }
  }
}
