import Foundation
import Testing

extension EndToEnd {
  @Suite("where no console can be shown")
  struct Refusals {
    @Test(
      "a kind of terminal that can't show it is refused, with a hint",
      arguments: ["dumb", "unknown", "no-such-terminal", ""])
    func kind(term: String) throws {
      try onStore(.emptyStore) { store in
        let person = try store.person(term: term, columns: 120)
        #expect(try person.seesEnd() == 64)
        try person.sees("popsec: ", "hint: ", "TERM=xterm-256color")
        #expect(!person.modes.everOn.contains(1049))
      }
    }

    @Test("TERM unset is refused, with a hint")
    func unset() throws {
      try onStore(.emptyStore) { store in
        let person = try store.person(["/usr/bin/env", "-u", "TERM", TestStore.program])
        #expect(try person.seesEnd() == 64)
        try person.sees("TERM is not set", "hint: ")
      }
    }

    @Test("no terminal at all is refused, whichever side is missing", arguments: ["<", ">", "both"])
    func noTerminal(side: String) throws {
      try onStore(.emptyStore) { store in
        let script =
          side == "<" ? "\"$0\" </dev/null" : "\"$0\" \(side == ">" ? "" : "</dev/null") 2>&1 | cat"
        let person = try store.person(
          [Tool.bash.path, "-o", "pipefail", "-c", script, TestStore.program])
        #expect(try person.seesEnd() == 64)
        try person.sees("popsec: the console needs a terminal", "hint: ")
      }
    }
  }
}
