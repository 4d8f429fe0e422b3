import Foundation
import Testing

extension EndToEnd {
  @Suite("a console that is walked away from")
  struct Locking {
    @Test("locked, it shows one line, takes Enter alone, and costs few bytes")
    func locks() throws {
      try onStore { store in
        let person = try store.person()
        try person.sees("Security").presses("s a").sees("Click here to add").settle()
        let before = person.bytes.count
        try person.presses("C-x").sees("is locked").settle()
        #expect(person.lines.filter { !$0.allSatisfy { $0 == " " } }.count == 1)
        #expect(person.bytes.count - before < 300)
        let locked = person.bytes.count
        person.types("qaj:?\u{1B}[200~pasted\u{1B}[201~").presses("C-c C-z C-l Up").settle()
        person.clicks(column: 3, row: 2).settle()
        #expect(person.bytes.count == locked)
        try person.presses("Enter").sees("Click here to add", "API users").settle()
      }
    }

    @Test("a revealed Token ID is gone for good, and the clipboard is cleared all the same")
    func secrets() throws {
      try onStore(mayReveal: true) { store in
        try store.succeed("api-user", "add", "Portal", "--token", "portal")
        let person = try store.person(adding: ["POPSEC_CLEAR_CLIPBOARD": "2"])
        try person.sees("Security").presses("s a").sees("Portal").presses("Enter").sees("Tokens")
        try person.presses("j j j Enter").sees("Copy").settle().presses("c").sees("sent to your terminal")
        person.presses("V")
        try person.waits(for: "a Token ID on the screen") { !Secrets.found(in: person.text).isEmpty }
        try person.presses("C-x").sees("is locked")
        #expect(Secrets.found(in: person.text).isEmpty)
        // Overwritten, then emptied.
        try person.waits(for: "the clipboard to be cleared") { person.clipboard.count >= 3 }
        #expect(person.line(with: "is locked") != nil)
        try person.presses("Enter").sees("Copy").settle()
        #expect(Secrets.found(in: person.text).isEmpty)
      }
    }

    /// How a console ends without its person.
    enum Way: CaseIterable { case hangUp, terminate }

    @Test(
      "edits that were pending when the terminal went are offered, put back and saved",
      arguments: Way.allCases)
    func drafts(way: Way) throws {
      try onStore { store in
        try store.succeed("apply", "--yes", try store.file("teams.yaml", Self.team))
        let person = try store.person()
        try person.sees("Security").presses("s t").sees("Sales").presses("Enter").sees("General")
        try person.presses("Enter").types(" MX").sees("Sales MX", "General *").settle()
        let program = try person.program()
        switch way {
        case .hangUp: person.pty.hangUp()
        case .terminate: kill(program, SIGTERM)
        }
        try person.waits(for: "the console to end") { !Processes.isAlive(program) }
        let back = try store.person()
        try back.sees("You left changes to General of Sales", "Discard", "Tab next").settle()
        try back.presses("Enter").sees("Sales MX", "General *").settle()
        try back.presses("C-s").sees("General saved")
        #expect(try store.json([Team].self, "team", "list").map(\.name) == ["Sales MX"])
        let third = try store.person()
        try third.sees("Security").settle()
        #expect(third.line(with: "You left") == nil)
      }
    }

    private struct Team: Decodable { let name: String }
    private static let team = "popsec: 1\nteams:\n  - name: Sales\n"
  }
}
