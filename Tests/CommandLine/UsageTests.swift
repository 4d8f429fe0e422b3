import Glibc
import Testing

@Suite struct UsageTests {
  @Test(
    "a command that is used wrongly ends with 64, a message and a hint",
    arguments: [
      ["frobnicate"], ["--frobnicate"], ["api-user", "frobnicate"], ["api-user", "add"],
      ["api-user", "list", "--sort", "x"],
      ["api-user", "show", "a", "b"], ["token", "copy"], ["token", "copy", "a"],
      ["token", "copy", "a", "b", "--id", "1"],
      ["token", "rename", "a", "b"], ["completions", "tcsh"], ["demo", "--no-console"], ["--store"],
      ["api-user", "list", "--store", ""], ["api-user", "add", "x", "--expires", "never"],
      ["grant", "list", "--user", "a", "--team", "b"], ["export", "--format", "xml"], ["console"], [],
      ["demo"],
      ["clipboard", "test"],
    ])
  func usage(arguments: [String]) throws {
    try Program().run(arguments).mustFail(64)
  }

  @Test(
    "a command that isn't there is named, and the one that was meant",
    arguments: [("tokens", "popsec token?"), ("api", "popsec api-user?"), ("frobnicate", "popsec --help")])
  func unknownCommand(word: String, meant: String) throws {
    let outcome = try Program().run(word)
    outcome.mustFail(64)
    #expect(outcome.errors.contains("there is no command \u{201C}\(word)\u{201D}"))
    #expect(outcome.errors.contains(meant))
  }

  @Test(
    "options may stand before the command",
    arguments: [
      ["--json", "api-user", "list"], ["--allow-loose-rights", "--json", "api-user", "list"],
      ["api-user", "list", "--json"], ["--json", "api-user", "list", "--reverse"],
    ])
  func leadingOptions(arguments: [String]) throws {
    let program = try Program.initialized()
    #expect(try program.run(["--store", program.store] + arguments).object() == .array([]))
    #expect(try program.run(["--store=" + program.store] + arguments).object() == .array([]))
  }

  @Test(
    "bad names and times end with 65",
    arguments: [
      ["api-user", "add", ""], ["api-user", "add", " "], ["api-user", "add", "a\u{1B}[31mb"],
      ["api-user", "add", "a\nb"],
      ["api-user", "add", "a\u{202E}b"], ["api-user", "add", String(repeating: "x", count: 101)],
      ["api-user", "add", String(repeating: "x", count: 10_000)], ["api-user", "show", "a\u{7}"],
      ["api-user", "add", "x", "--token", "t", "--expires", "0d"],
      ["api-user", "add", "x", "--token", "t", "--expires", "soon"],
      ["api-user", "add", "x", "--token", "t", "--expires", "36501d"],
      ["api-user", "add", "x", "--token", "t", "--expires", "2027-02-30"],
      ["api-user", "add", "x", "--token", ""],
    ])
  func badData(arguments: [String]) throws {
    let program = try Program.initialized()
    let outcome = try program.run(arguments)
    outcome.mustFail(65)
    #expect(outcome.errors.utf8.count < 400)
    #expect(!outcome.errors.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{7}" || $0 == "\u{202E}" })
    #expect(try program.run("api-user", "list", "--json").object() == .array([]))
  }

  @Test(
    "a command about a missing thing ends with 66",
    arguments: [
      ["api-user", "show", "Nobody"], ["api-user", "rename", "Nobody", "x"],
      ["api-user", "delete", "Nobody", "--yes"],
      ["token", "list", "Nobody"], ["token", "reveal", "Nobody", "portal"],
      ["token", "reveal", "--id", "zzz"],
      ["token", "reveal", "--id", "?"], ["team", "show", "Nobody"], ["team", "members", "Nobody"],
      ["role", "show", "Nobody"],
      ["catalogue", "show", "Nobody"], ["user", "show", "Nobody"], ["grant", "list", "--team", "Nobody"],
      ["grant", "list", "--connector", "Nobody"], ["plan", "/nowhere/file.yaml"],
      ["apply", "/nowhere/file.yaml", "--yes"],
    ])
  func missing(arguments: [String]) throws {
    try Program.initialized().run(arguments).mustFail(66)
  }

  @Test(
    "a very long argument is not repeated",
    arguments: [
      [String(repeating: "x", count: 5_000)],
      ["api-user", "show", "a", String(repeating: "é", count: 5_000)],
      ["api-user", "list", "--sort", String(repeating: "x", count: 5_000)],
      ["--" + String(repeating: "x", count: 5_000)],
    ])
  func shortens(arguments: [String]) throws {
    let outcome = try Program().run(arguments)
    outcome.mustFail(64)
    #expect(outcome.errors.utf8.count < 600)
  }

  @Test(
    "control characters in arguments don't reach the terminal",
    arguments: [
      ["\u{1B}]0;x\u{7}"], ["api-user", "\u{1B}[2J"], ["--store", "/\u{1B}[2J", "api-user", "list"],
      ["plan", "/\u{9B}31m"],
    ])
  func harmless(arguments: [String]) throws {
    let outcome = try Program().run(arguments)
    #expect(outcome.status != 0)
    #expect(
      !outcome.errors.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" })
  }

  @Test(
    "an argument that looks like a Token ID is refused and not repeated",
    arguments: [
      ["token", "whois", "pst_SECRETSECRETSECRETSECRETSECRETSECRET12"],
      ["api-user", "show", "x pst_SECRETSECRETSECRETSECRETSECRETSECRET12 y"],
      ["https://portal.example.com/?token=pst_SECRETSECRETSECRETSECRETSECRETSECRET12&a=1"],
      ["--store", "/pst_SECRETSECRETSECRETSECRETSECRETSECRET12", "api-user", "list"],
      ["--help", "pst_SECRETSECRETSECRETSECRETSE"],
      ["pst_SECRETSECRETSECRETSECRET-SECRETSECRETSECRET"],
    ])
  func refusesSecrets(arguments: [String]) throws {
    let outcome = try Program().run(arguments)
    outcome.mustFail(64)
    #expect(!outcome.errors.contains("SECRET"))
    #expect(outcome.errors.contains("hint: Token IDs are taken on standard input"))
  }

  @Test(
    "a text that only begins like a Token ID is an argument like others",
    arguments: [
      ["team", "show", "my pst_team"], ["team", "show", "pst_team"], ["team", "show", "token=x"],
    ])
  func acceptsPrefixes(arguments: [String]) throws {
    try Program.initialized().run(arguments).mustFail(66)
  }

  @Test(
    "help and the version go to standard output",
    arguments: [
      ["--help"], ["help"], ["help", "token", "add"], ["token", "add", "--help"], ["--version"], ["api-user"],
      ["completions", "bash"], ["completions", "zsh"], ["completions", "fish"],
    ])
  func helps(arguments: [String]) throws {
    let outcome = try Program().run(arguments)
    outcome.mustSucceed()
    #expect(outcome.output.count > 4)
  }

  @Test("a closed pipe ends it without a word, as it ends every filter")
  func closedPipe() throws {
    let program = try Program.initialized()
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    close(ends[0])
    let outcome = try program.start(["role", "list"], output: ends[1]).wait()
    close(ends[1])
    #expect(outcome.signal == SIGPIPE)
    #expect(outcome.errors == "")
  }

  @Test("a full disk under the output is reported")
  func fullDisk() throws {
    let program = try Program.initialized()
    let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
    try #require(full >= 0)
    defer { close(full) }
    let outcome = try program.start(["role", "list"], output: full).wait()
    #expect(outcome.status == 74)
    #expect(outcome.errors.contains("popsec: the output can't be written: no space left on device"))
  }
}
