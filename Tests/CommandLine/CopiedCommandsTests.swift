import Access
import Foundation
import Testing

@Suite("What y copies as commands makes the same anew")
struct CopiedCommandsTests {
  private static let catalogue = """
    popsec: 1
    catalogue:
      connectors:
        - name: ERP
          companies: [MX, US]
          lists:
            - {name: Orders, group: Sales, actions: [Release], details: [Lines]}
            - {name: Stock, listActions: [Count]}
        - name: CRM
          lists: [{name: Leads}]
    """

  private static let things = """

    roles:
      - {name: Help desk, description: "it's help", permissions: [security.read, tokens.copy]}
    teams:
      - name: Sales
        description: $(who) sells
        roles: [Help desk, {name: WidgetReader, from: 2027-01-01, until: "2099-01-01T00:00:00Z"}]
        grants:
          - connector: ERP
            roles: [User]
            companies: [MX]
            lists: [Orders, Stock]
            actions: [{list: Orders, name: Release}]
            details: all
            listActions: [{list: Stock, name: Count}]
    apiUsers:
      - name: "-odd 'name'"
        enabled: false
        owner: {user: Ada}
        note: "two\\nlines"
        labels: {env: prod, tier: gold}
        teams: [{name: Sales, until: 2099-01-01}]
        grants:
          - {connector: CRM, companies: all, lists: all, until: 2099-01-01}
          - {connector: ERP, roles: [Reader], companies: [US], lists: [Stock]}
        tokens: []
      - {name: Portal, owner: web@example.com, roles: [APIReader], tokens: []}
    """

  private func program(with file: String) throws -> Program {
    let program = try Program.initialized()
    try program.run("user", "add", "Ada", "--unix", "ada", "--role", "SecurityReader").mustSucceed()
    try program.run("apply", "--yes", "-", input: file).mustSucceed()
    return program
  }

  /// The commands that the console copies of the rows to which keys lead.
  private func commands(_ keys: String, _ program: Program) throws -> [[String]] {
    let session = try TerminalSession(program, ["console"], environment: ["TERM": "xterm-256color"])
    try session.expect("Main menu")
    session.type(keys + "y")
    try session.expect("as commands sent")
    session.kill(SIGTERM)
    _ = session.wait()
    let sent = try #require(session.shown.components(separatedBy: "\u{1B}]52;c;").dropFirst().first)
    let data = try #require(Data(base64Encoded: String(sent.prefix { $0 != "\u{7}" })))
    // Only a note has several lines here, and each command begins with the program.
    let lines = String(decoding: data, as: UTF8.self).components(separatedBy: "\npopsec ")
    return try lines.map { line in
      let words = try ShellWords.split(line.replacing("\n", with: "\t"))
      return words.filter { $0 != "popsec" }.map { $0.replacing("\t", with: "\n") }
    }
  }

  @Test("teams, users, API users and roles are the same in another store with the same catalogue")
  func makesTheSame() throws {
    let first = try program(with: Self.catalogue + Self.things)
    try first.run("config", "set", "-", input: "copyRowAs: command\n").mustSucceed()
    let second = try program(with: Self.catalogue)
    for keys in ["sr\u{1B}[F", "st", "sa*"] {
      for words in try commands(keys, first) {
        // What asks before a change is answered.
        let asks =
          words[0] == "grant" || (words[0] != "role" && ["role", "team", "disable"].contains(words[1]))
        try second.run(words.prefix(2) + (asks ? ["--yes"] : []) + words.dropFirst(2)).mustSucceed()
      }
    }
    #expect(try second.run("export").output == first.run("export").output)
  }
}
