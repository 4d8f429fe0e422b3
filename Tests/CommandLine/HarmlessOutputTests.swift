import Access
import Foundation
import GRDB
import Testing

@Suite("What is printed is harmless, wherever it goes")
struct HarmlessOutputTests {
  private let program: Program

  init() throws {
    program = try .filled("odd names") { program in
      try program.run("apply", "-", "--yes", input: Self.file).mustSucceed()
      try program.run("user", "add", "ada\(Self.odd)", "--role", "SecurityReader", "--unix", "ada")
        .mustSucceed()
      try program.run("api-user", "add", "Gone").mustSucceed()
      try program.run("api-user", "delete", "Gone", "--yes").mustSucceed()
    }
  }

  /// Scalars that a name may have, but that no terminal should receive: private use, and a format character
  /// (U+0600) that Unicode does not call ignorable.
  private static let odd = "\u{E000}\u{600}"

  private static let file = """
    popsec: 1
    catalogue:
      connectors:
        - name: "Central\(odd)"
          companies: ["MX\(odd)"]
          lists:
            - {name: "Orders\(odd)", group: "Sales\(odd)", actions: ["Release\(odd)"]}
      widgets:
        - name: "Widget\(odd)"
          url: "https://portal.example.com/sales"
          connector: "Central\(odd)"
          lists: ["Orders\(odd)"]
      endpoints:
        - name: "Endpoint\(odd)"
          url: "https://api.example.com/orders"
          methods: [GET]
          connector: "Central\(odd)"
          list: "Orders\(odd)"
    roles:
      - {name: "Role\(odd)", permissions: [widgets.read]}
    teams:
      - name: "Team\(odd)"
        roles: [WidgetReader, "Role\(odd)"]
        grants: [{connector: "Central\(odd)", roles: [User], companies: all, lists: all}]
    apiUsers:
      - name: "Portal\(odd)"
        teams: ["Team\(odd)"]
        tokens: [{name: "token\(odd)", widgets: ["Widget\(odd)"]}]
    """

  /// The commands that print; each is run for people and as JSON.
  private static let commands: [[String]] = [
    ["api-user", "list"], ["api-user", "show", "Portal\(odd)"], ["user", "list"],
    ["user", "show", "ada\(odd)"],
    ["team", "list"], ["team", "show", "Team\(odd)"], ["team", "members", "Team\(odd)"], ["role", "list"],
    ["role", "show", "Role\(odd)"], ["grant", "list"], ["grant", "show", "--team", "Team\(odd)"],
    ["catalogue", "list"], ["catalogue", "show", "Central\(odd)"], ["token", "list", "Portal\(odd)"],
    ["token", "rotate", "Portal\(odd)", "token\(odd)"], ["access", "--api-user", "Portal\(odd)"],
    ["check", "--api-user", "Portal\(odd)", "--widget", "Widget\(odd)"],
    ["explain", "--api-user", "Portal\(odd)", "--widget", "Widget\(odd)", "--company", "MX\(odd)"],
    ["review"], ["denials"], ["audit", "list"], ["audit", "show", "2"], ["audit", "show", "3"],
    ["audit", "export"],
    ["audit", "verify"], ["doctor"], ["settings", "list"], ["inbox", "list", "--all"], ["undo"],
    ["undo", "--list"], ["deleted", "list"],
    ["export"], ["export", "--format", "json"], ["plan", "-"], ["api-user", "show", "no\(odd)\u{1B}[31m"],
    ["api-user", "add", "\u{202E}\u{9B}31m"], ["--bad\u{1B}]52;c;eA==\u{7}"], ["key", "list"],
  ]

  private func run(_ command: [String], asJSON: Bool) throws -> Outcome {
    let input = command.first == "plan" ? "popsec: 1\nteams:\n  - name: \"New\(Self.odd)\"\n" : ""
    return try program.run(command + (asJSON ? ["--json"] : []), input: input)
  }

  private func mustBeHarmless(_ outcome: Outcome, _ what: String) {
    for text in [outcome.output, outcome.errors] {
      let forbidden = text.unicodeScalars.filter { isUnseen($0) && $0 != "\n" }.map {
        String($0.value, radix: 16)
      }
      #expect(forbidden.isEmpty, "\(what): U+\(Set(forbidden).sorted())")
    }
    #expect(outcome.signal == nil, "\(what) ended by signal \(outcome.signal ?? 0)")
  }

  @Test(
    "names of all that popsec takes are printed without what a terminal could obey, and stay whole in JSON")
  func names() throws {
    for command in Self.commands {
      for asJSON in [false, true] {
        mustBeHarmless(try run(command, asJSON: asJSON), command.joined(separator: " "))
      }
    }
    let users = try program.run("api-user", "list", "--json").object()
    #expect(users[0]?["name"]?.text == "Portal\(Self.odd)")
    for format in ["yaml", "json"] {
      let export = try program.run("export", "--format", format)
      let plan = try program.run("plan", "-", input: export.output)
      plan.mustSucceed()
      #expect(plan.output == "nothing to do\n")
    }
    let batch = try program.run(
      "check", "--batch", "-",
      input: "{\"apiUser\":\"Portal\(Self.odd)\",\"widget\":\"Widget\(Self.odd)\"}\nx\u{9B}\n")
    mustBeHarmless(batch, "check --batch")
    #expect(batch.output.contains("\\ue000\\u0600"))
  }

  /// Texts that somebody who can write the database may put there: titles, colours, the clipboard, and text
  /// that is reversed.
  private static let hostile: [String] = [
    "\u{1B}]52;c;aGVsbG8=\u{7}", "\u{1B}]0;title\u{1B}\\", "\u{9D}52;c;eA==\u{9C}", "\u{9B}31m",
    "a\u{202E}b\u{2066}",
    "\u{E0041}\u{E007F}", "\r\n\u{8}\u{7F}\u{0}", "\u{2028}\u{200B}\u{FEFF}", "ok",
  ]

  /// The tables whose texts are all changed at once.
  private static let groups: [[String]] = [
    ["audit"], ["undo_entry", "proposal", "draft", "console_session"], ["account", "account_key"],
    ["team", "role"],
    ["connector", "company", "data_list", "item"], ["widget", "endpoint", "widget_parameter"],
    ["token", "token_network", "token_id"],
    ["setting", "token_key", "role_permission", "grant_role", "role_assignment"],
  ]

  @Test("forged texts in any column never reach a pipe as they are", arguments: groups)
  func forged(tables: [String]) throws {
    let queue = try DatabaseQueue(path: program.database)
    try queue.write { database in
      try database.execute(sql: "PRAGMA ignore_check_constraints = 1")
      for name in try String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'")
      {
        try database.execute(sql: "DROP TRIGGER \"\(name)\"")
      }
      var random = SystemRandomNumberGenerator()
      for table in tables {
        for column in try database.columns(in: table) where column.type == "TEXT" {
          for id in try Int64.fetchAll(database, sql: "SELECT rowid FROM \(table)") {
            let text = (0..<3).compactMap { _ in Self.hostile.randomElement(using: &random) }.joined()
            // A text that must be unique, or one of a few words, stays where the database insists on it.
            try? database.execute(
              sql: "UPDATE \(table) SET \(column.name) = ? WHERE rowid = ?",
              arguments: ["x" + text + String(id), id])
          }
        }
      }
    }
    try queue.close()
    // Texts of the audit log and of undo entries are shown as they are. Most others count as damage.
    let isShown = ["audit", "undo_entry"].contains(tables[0])
    for (index, command) in Self.commands.enumerated() {
      for asJSON in isShown ? [false, true] : [index % 2 == 0] {
        mustBeHarmless(try run(command, asJSON: asJSON), "\(tables[0]): \(command.joined(separator: " "))")
      }
    }
  }
}
