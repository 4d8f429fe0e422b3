import ArgumentParser
import Foundation
import Testing

@testable import popsec

@Suite struct CompletionTests {
  @Test(
    "a command line is read without the quotes of the shell",
    arguments: [
      ("'Portal Mexico'", "Portal Mexico"), (#"Portal\ Mexico"#, "Portal Mexico"), ("\"Portal M", "Portal M"),
      ("'It'\\''s", "It's"), (#""a\"b""#, "a\"b"), (#""a\b""#, #"a\b"#), ("--owner=user:a", "--owner=user:a"),
      ("", ""),
    ])
  func quotes(word: String, plain: String) {
    #expect(CompletionLine.unquoted(word) == plain)
  }

  @Test("the arguments and options before the word are known")
  func context() {
    let line = CompletionLine(
      words: ["popsec", "--store", "/s", "token", "copy", "--user", "Ada", "--keys=/k", "po", "later"],
      index: 8,
      isQuoted: true)
    #expect(line.typed == "po")
    #expect(line.arguments == ["Ada"])
    #expect(line.isOf("token") && line.has("--user"))
    #expect(
      line.value(of: "--store") == "/s" && line.value(of: "--keys") == "/k" && line.value(of: "--id") == nil)
  }

  @Test("an index beyond the words completes an empty word", arguments: [-1, 0, 3, 99])
  func outside(index: Int) {
    let line = CompletionLine(words: ["popsec", "team", "show"], index: index, isQuoted: true)
    #expect(line.typed == (index == 0 ? "popsec" : ""))
  }

  @Test("what takes no value is known where arguments depend on each other")
  func flags() {
    for leaf in Leaf.all where ["token", "deleted"].contains(leaf.path[0]) {
      let help = leaf.command.helpMessage(includeHidden: true, columns: 400)
      for line in help.split(separator: "\n") {
        let words = line.split(separator: " ", maxSplits: 2)
        guard line.hasPrefix("  --"), let option = words.first else { continue }
        let takesValue = words.dropFirst().first?.hasPrefix("<") == true
        #expect(CompletionLine.flags.contains(String(option)) == !takesValue, "\(leaf.path) \(option)")
      }
    }
  }

  @Test(
    "a name is written so that each shell reads the name, or is left out",
    arguments: [
      ("Portal Mexico", #"Portal\ Mexico"#, "Portal Mexico", "Portal Mexico"),
      ("it's \"x\"", #"it\'s\ \"x\""#, "it's \"x\"", "it's \"x\""),
      ("user:Ada", "user:Ada", #"user\:Ada"#, "user:Ada"),
      (#"a\b"#, #"a\\b"#, #"a\\b"#, #"a\b"#), ("$(x)", nil, "$(x)", "$(x)"), ("`x`", nil, "`x`", "`x`"),
      ("a;b|c&d", #"a\;b\|c\&d"#, "a;b|c&d", "a;b|c&d"), ("東京", "東京", "東京", "東京"), ("a\nb", nil, nil, nil),
      ("a\u{1B}[2J", nil, nil, nil), ("", nil, nil, nil),
    ] as [(String, String?, String?, String?)])
  func candidates(name: String, bash: String?, zsh: String?, fish: String?) {
    #expect(CompletionCandidate.text(name, for: .bash) == bash)
    #expect(CompletionCandidate.text(name, for: .zsh) == zsh)
    #expect(CompletionCandidate.text(name, for: .fish) == fish)
  }

  @Test("the script for bash puts words together that bash breaks")
  func bashScript() {
    let script = CompletionScript.text(for: .bash)
    #expect(script.contains("complete -o filenames -F _popsec_whole popsec"))
    #expect(
      !script.contains(CompletionScript.registration + "\n")
        && !script.hasSuffix(CompletionScript.registration))
  }

  // MARK: On a store

  /// A store with what names can be.
  private static func world() throws -> Program {
    let program = try Program.initialized()
    for arguments in [
      ["team", "add", "Sales MX"],
      ["api-user", "add", "Portal Mexico", "--token", "portal", "--label", "env=prod"],
      ["api-user", "add", "Portal US"], ["api-user", "add", "It's $(touch pwned) \"x\""],
      ["user", "add", "Ada"],
      ["law", "add", "tokens end", "--reason", "policy", "--all-api-users", "--max-days", "365", "--yes"],
    ] { try program.run(arguments).mustSucceed() }
    return program
  }

  /// Asks popsec as a script does. A busy machine may take longer than is waited for a name.
  private static func ask(_ program: Program, _ what: [String], _ line: [String], shell: String = "fish")
    throws -> [String]
  {
    var lines: [String] = []
    let end = ContinuousClock.now + .seconds(90)
    while lines.isEmpty, ContinuousClock.now < end {
      let outcome = try program.run(
        ["---completion"] + what + [String(line.count + 1), "0", "popsec"] + line + [""],
        environment: ["SAP_SHELL": shell])
      outcome.mustSucceed()
      lines = outcome.lines.map(String.init).filter { !$0.isEmpty }
    }
    return lines
  }

  @Test("each kind of name is completed from the store")
  func names() throws {
    let program = try Self.world()
    let cases: [(what: [String], line: [String], expected: [String])] = [
      (
        ["api-user", "show", "--", "positional@0"], ["api-user", "show"],
        ["It's $(touch pwned) \"x\"", "Portal Mexico", "Portal US"]
      ),
      (["team", "show", "--", "positional@0"], ["team", "show"], ["Sales MX"]),
      (["law", "show", "--", "positional@0"], ["law", "show"], ["tokens end"]),
      (["user", "show", "--", "positional@0"], ["user", "show"], ["Ada", "root"]),
      (["token", "copy", "--", "positional@1"], ["token", "copy", "Portal Mexico"], ["portal"]),
      (
        ["check", "--", "--token-name"], ["check", "--api-user", "portal mexico", "--token-name"], ["portal"]
      ),
      (["api-user", "list", "--", "--label"], ["api-user", "list", "--label"], ["env=prod"]),
      (
        ["api-user", "describe", "--", "--remove-label"], ["api-user", "describe", "x", "--remove-label"],
        ["env"]
      ),
    ]
    for (what, line, expected) in cases { #expect(try Self.ask(program, what, line) == expected, "\(line)") }
  }

  @Test("whatever is wrong, nothing is offered, nothing is said, and nothing is made")
  func nothing() throws {
    let program = try Program()
    let what = ["---completion", "api-user", "show", "--", "positional@0"]
    let token = "pst_SECRETSECRETSECRETSECRETSECRETSECRET12"
    for rest in [
      ["3", "0", "popsec", "api-user", "show", ""], ["x", "y"], [],
      ["3", "0", "popsec", "--store", "/etc", "api-user"],
      ["3", "0", "popsec", "api-user", "show", token],
    ] {
      let outcome = try program.run(what + rest)
      #expect(outcome.status == 0 && outcome.errors == "")
      #expect(outcome.output.trimmingCharacters(in: .whitespacesAndNewlines) == "")
    }
    try program.run(["---completion", "frobnicate"]).mustSucceed()
    #expect(!FileManager.default.fileExists(atPath: program.store))
  }

  @Test("a completion writes no audit row")
  func silent() throws {
    let program = try Self.world()
    let before = try program.run("audit", "list", "--json").output
    #expect(
      try !Self.ask(program, ["api-user", "show", "--", "positional@0"], ["api-user", "show"]).isEmpty)
    #expect(try program.run("audit", "list", "--json").output == before)
  }
}
