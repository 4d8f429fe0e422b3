import Access
import Foundation
import Interchange
import Terminal
import Testing

@testable import Console

@Suite("A document of settings is read, or refused with all reasons") struct ConsoleConfigTests {
  static let vocabulary = ConfigVocabulary(
    timeZones: .init(
      isKnown: { ["Europe/Berlin", "UTC"].contains($0) }, all: { ["Europe/Berlin", "UTC", "local"] }))

  static let whole = """
    # mine
    theme: dark
    startPage: security/api-users
    timeZone: Europe/Berlin
    copyRowAs: command
    keys:
      everywhere:
        help: F9
      api-users:
        delete: X
        rename: [n, Ctrl-E]
    columns:
      api-users: [state, tokens]
    views:
      api-users:
        - letter: e
          name: ends soon
          filter: ends<14d team:"Sales MX"
        - {letter: o, name: by state, filter: Portal, order: state, descending: true}
    """

  static func read(_ text: String) throws -> ConsoleConfig {
    try ConsoleConfig.read(Array(text.utf8), named: "config.yaml", vocabulary)
  }

  /// The lines of all that is wrong.
  static func problems(_ text: String) -> [String] {
    do {
      _ = try read(text)
      return []
    } catch { return (error as? ConfigErrors)?.lines ?? ["\(error)"] }
  }

  @Test("a whole document is read")
  func reads() throws {
    let config = try Self.read(Self.whole)
    #expect(config.theme == .dark)
    #expect(config.startPage == Place("security/api-users"))
    #expect(config.timeZone == "Europe/Berlin")
    #expect(config.copyRowAs == .command)
    #expect(config.keys.pages["api-users"] == ["delete": ["X"], "rename": ["n", .control("e")]])
    #expect(config.keys.pages["everywhere"] == ["help": [.function(9)]])
    #expect(config.columns == ["api-users": ["state", "tokens"]])
    #expect(config.views(of: "api-users").map(\.letter) == ["e", "o"])
    #expect(config.views(of: "api-users").last?.order == "state")
    #expect(config.views(of: "teams").isEmpty)
  }

  @Test("the example of the manual page has nothing wrong")
  func manual() throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../Resources/packaging/man/popsec-config.5").standardizedFileURL
    let page = try String(contentsOf: path, encoding: .utf8)
    let example = try #require(page.split(separator: ".Bd -literal -offset indent\n").dropFirst().first)
    let config = try Self.read(
      String(example.prefix(upTo: try #require(example.firstRange(of: ".Ed")).lowerBound)))
    #expect(config.views(of: "tokens").map(\.letter) == ["e"])
    #expect(config.theme == .colorBlind)
  }

  @Test(
    "an empty document has the usual settings",
    arguments: ["", "\n", "# only a comment\n", "{}", "---\n", "keys:\ncolumns: {}\nviews:\n"])
  func empty(_ text: String) throws { #expect(try Self.read(text) == .standard) }

  @Test("what is written is read as the same", arguments: [whole, "", "theme: light\n", "timeZone: UTC\n"])
  func roundTrip(_ text: String) throws {
    let config = try Self.read(text)
    #expect(try Self.read(config.document.yaml) == config)
    #expect(try Self.read(config.changedDocument.yaml) == config)
    #expect(try Self.read(config.document.json) == config)
  }

  private static let refusals: [(String, String)] = [
    ("theem: dark", "1:1: a document of settings has no key “theem”; did you mean “theme”?"),
    ("theme: drak", "1:8: there is no theme “drak”; did you mean “dark”?"),
    (
      "\nstartPage: security/api-user",
      "2:12: there is no page to start with “security/api-user”; did you mean “security/api-users”?"
    ),
    ("timeZone: Europe/Belin", "1:11: there is no time zone “Europe/Belin”; did you mean “Europe/Berlin”?"),
    ("copyRowAs: jsno", "1:12: there is no form of a row “jsno”; did you mean “json”?"),
    ("keys: {api-user: {add: n}}", "1:8: there is no page “api-user”; did you mean “api-users”?"),
    (
      "keys: {api-users: {dleete: X}}",
      "1:20: the page api-users has no action “dleete”; did you mean “delete”?"
    ),
    (
      "keys: {api-users: {delete: Ctlr-X}}",
      "1:28: “Ctlr-X” is no key; write a key as a letter or a sign, Ctrl-S, F5 or Space"
    ),
    (
      "keys: {api-users: {delete: Enter}}",
      "1:28: Enter always keeps its meaning; letters, signs, Ctrl and function keys can be given away"
    ),
    ("keys: {api-users: {delete: Ctrl-M}}", "1:28: a terminal sends Ctrl-M as Enter; choose another key"),
    (
      "keys: {api-users: {delete: r}}",
      "1:20: on the page api-users, delete and rename both have the key r; give rename another key, too,"
        + " or choose another one for delete"
    ),
    (
      "keys: {api-users: {delete: X, rename: X}}",
      "1:20: on the page api-users, delete and rename both have the key X; give rename another key, too,"
        + " or choose another one for delete"
    ),
    (
      "keys: {everywhere: {help: 9, lock: 9}}",
      "1:30: on the page everywhere, lock and help both have the key 9; give help another key, too, or"
        + " choose another one for lock"
    ),
    ("columns: {api-users: [state, state]}", "1:30: the column “state” is there twice"),
    ("columns: [state]", "1:10: columns must be a mapping, this is a list"),
    ("views: {teams: [{letter: ab, name: x, filter: y}]}", "1:26: “ab” is no letter"),
    (
      "views: {teams: [{letter: a, name: x, filter: y}, {letter: a, name: z, filter: y}]}",
      "1:59: the views “x” and “z” have the same letter a; letters are unique in a list"
    ),
    ("views: {teams: [{letter: a, name: x}]}", "1:17: a view needs the key “filter”"),
    ("theme: dark\ntheme: light", "2:1: the key “theme” is there twice; it stands at 1:1 already"),
    ("- theme", "1:1: a document of settings must be a mapping, this is a list"),
  ]

  @Test("an unknown column is refused with the columns of the list")
  func unknownColumn() throws {
    let lines = Self.problems("columns: {api-users: [stat]}")
    let line = try #require(lines.first)
    #expect(
      line.hasPrefix("config.yaml:1:23: the list api-users has no column “stat”; did you mean “state”?"))
    #expect(line.contains("its columns are name, "))
  }

  @Test(
    "what can't be so is refused with its place and what may have been meant",
    arguments: refusals)
  func refuses(_ text: String, _ problem: String) {
    #expect(Self.problems(text) == ["config.yaml:" + problem])
  }

  @Test("a document that is too long is refused as a whole")
  func tooLong() {
    let text = "# " + String(repeating: "x", count: ConfigDocument.maximumByteCount)
    #expect(Self.problems(text) == ["config.yaml:1:1: the document has 65538 bytes, the most is 65536"])
  }

  @Test("all that is wrong is told, in the order of the document")
  func all() {
    let lines = Self.problems("theme: x\nkeys:\n  nowhere: {}\nview: 1\ncopyRowAs: xml\n")
    #expect(lines.map { $0.split(separator: ":")[1] } == ["1", "3", "4", "5"])
  }

  @Test("two actions that are never possible together may share a key")
  func alternates() throws {
    let assignments = try Self.read("keys: {edit-tokens: {copy: n}}").keys
    #expect(assignments.keys(of: "copy", on: "edit-tokens") == ["n"])
  }

  @Test(
    "one part is changed in the text, and comments stay",
    arguments: [
      (
        "# a\ntheme: dark  # b\n\n# of the columns\ncolumns:\n  teams: [members]\n# c\nkeys: {}\n",
        "# a\ntheme: dark  # b\n\n# of the columns\ncolumns:\n  api-users:\n    - state\n# c\nkeys: {}\n"
      ),
      ("theme: dark\n", "theme: dark\ncolumns:\n  api-users:\n    - state\n"),
      ("", "columns:\n  api-users:\n    - state\n"),
      // What isn't in block style is written anew.
      ("{theme: dark, columns: {}}\n", "theme: dark\ncolumns:\n  api-users:\n    - state\n"),
      ("{\"theme\": \"dark\"}", "theme: dark\ncolumns:\n  api-users:\n    - state\n"),
    ])
  func edits(_ before: String, _ after: String) throws {
    let text = try ConsoleConfig.text(before, setting: .columns, Self.vocabulary) {
      $0.columns = ["api-users": ["state"]]
    }
    #expect(text == after)
  }
}
