import Foundation
import Testing

extension EndToEnd {
  @Suite("on a live terminal")
  struct Liveliness {
    @Test("a terminal that draws signs of ambiguous width in two cells gets none of them")
    func wideAmbiguous() throws {
      try onStore(.emptyStore) { store in
        let person = try store.person()
        person.drawsAmbiguousWide = true
        try person.sees("Security").settle().presses("s").sees("API users").presses("a").sees("Click here")
        #expect(!person.text.contains(#/[─…│]/#), "\(person.text)")
      }
    }

    @Test("any storm of resizing ends in a whole screen of the last size")
    func resizing() throws {
      try onStore { store in
        let person = try store.person()
        try person.sees("Security").presses("s a").sees("Click here to add")
        for step in 0..<120 {
          person.resizes(
            columns: [80, 1, 200, 50, 20, 132][step % 6], rows: [24, 60, 2, 12, 5, 1][step % 6])
          if step % 7 == 0 { person.watch(milliseconds: 2) }
        }
        try person.resizes(columns: 30, rows: 8).sees("50x12").settle()
        try person.resizes(columns: 50, rows: 12).sees("API users", "Click here to add", "? help").settle()
        try person.presses("Enter").sees("Add an API token", "[ Add ]")
        try person.resizes(columns: 120, rows: 40).sees("Add an API token", "[ Add ]").settle()
        #expect(person.lines[39].contains("Tab next"))
        #expect(person.lines.filter { $0.contains("[ Add ]") }.count == 1)
      }
    }

    @Test("keys typed before a question that destroys was drawn are dropped")
    func typeAhead() throws {
      try onStore { store in
        try store.succeed("api-user", "add", "Portal Mexico")
        let person = try store.person()
        try person.sees("Security").presses("s a").sees("Portal Mexico").settle()
        // Delete, then what would confirm: the name, and the button by Tab, all in one write.
        try person.types("DPortal Mexico\t\r\r").sees("Delete API user", "to confirm").settle()
        #expect(person.line(with: "[ Delete ]") != nil)
        #expect(person.lines.filter { $0.contains("Portal Mexico") && $0.contains("│ Portal") }.isEmpty)
        try person.presses("Esc").seesNo("to confirm").sees("Portal Mexico")
        #expect(try store.json(APIUser.self, "api-user", "show", "Portal Mexico").roles == [])
      }
    }

    @Test("a question that destroys wants the name typed, and takes nothing else for it")
    func deleting() throws {
      try onStore { store in
        try store.succeed("api-user", "add", "Portal Mexico")
        let person = try store.person()
        try person.sees("Security").presses("s a").sees("Portal Mexico").settle().presses("D")
        try person.sees("to confirm").settle().presses("Enter").sees("type Portal Mexico here")
        try person.presses("Esc").seesNo("to confirm").sees("Portal Mexico")
        try person.presses("D").sees("to confirm").settle().clicks("[ Delete ]").sees(
          "type Portal Mexico here")
        try person.types("Portal Mexico").presses("Enter").sees("Click here to add an API user")
        #expect(try store.popsec("api-user", "show", "Portal Mexico").status == 66)
      }
    }

    @Test("a Token ID is on the screen while it is revealed, alone on a line, with the mouse given back")
    func revealing() throws {
      try onStore(mayReveal: true) { store in
        try store.succeed("api-user", "add", "Portal Mexico", "--token", "portal")
        let person = try store.person()
        try person.opens("Tokens", of: "Portal Mexico").sees("portal").settle()
        #expect(store.leaks().isEmpty)
        try person.presses("V").sees("hidden again in").settle()
        #expect(person.modes.on.isDisjoint(with: Modes.mouse))
        let secret = try #require(person.shown.first)
        #expect(person.lines.map { $0.trimmingCharacters(in: .whitespaces) }.contains { $0 == secret })
        #expect(store.leaks() == [secret])
        try person.presses("Esc").sees("Copy").settle()
        #expect(person.modes.on.isSuperset(of: [1000, 1006]))
        #expect(Secrets.found(in: person.text).isEmpty)
        try store.expect(secret, belongsTo: "portal")
      }
    }

    @Test("after the countdown the clipboard is overwritten and cleared; Ctrl-K keeps it")
    func clearing() throws {
      try onStore { store in
        try store.succeed("api-user", "add", "Portal Mexico", "--token", "portal")
        let person = try store.person([TestStore.program, "--clear-clipboard", "2"])
        try person.opens("Tokens", of: "Portal Mexico").sees("portal").settle().presses("c")
        try person.sees("clears in").sees("overwritten and cleared")
        // The words are on the screen before the terminal got what clears it.
        try person.waits(for: "the clipboard to be cleared") { person.clipboard.count == 3 }
        // As truths, since a failing expectation tells the values in it, and one is a secret.
        let isCleared = person.clipboard.last?.isEmpty ?? false
        let isOverwritten = person.clipboard.dropFirst().allSatisfy { !$0.hasPrefix("pst_") }
        #expect(isCleared)
        #expect(isOverwritten)
        try person.presses("c").sees("clears in").presses("C-k").sees("the clipboard stays as it is").settle()
        person.presses("Esc Esc Esc Esc q").settle()
        #expect(person.clipboard.count == 4)
      }
    }

    @Test("quitting leaves the clipboard, and says so")
    func quittingWithClipboard() throws {
      try onStore { store in
        try store.succeed("api-user", "add", "Portal Mexico", "--token", "portal")
        let person = try store.person()
        try person.opens("Tokens", of: "Portal Mexico").sees("portal").settle().presses("c").sees("clears in")
        person.presses("Esc Esc Esc Esc q").settle()
        try person.sees("Leave popsec").presses("Enter").sees("still holds what was sent")
        #expect(try person.seesEnd() == 0)
        #expect(person.clipboard.count == 1)
      }
    }
  }
}
