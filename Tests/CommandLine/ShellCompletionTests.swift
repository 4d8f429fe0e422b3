import ArgumentParser
import Foundation
import Glibc
import TestSupport
import Testing

@testable import popsec

/// The completion scripts in the shells themselves. A shell that is not installed is left out.
@Suite struct ShellCompletionTests {
  private static func path(_ shell: String) -> String? {
    ["/usr/bin/", "/bin/"].map { $0 + shell }.first(where: FileManager.default.isExecutableFile(atPath:))
  }

  /// The script of each shell. To make one takes seconds in a program that is built for tests.
  private static let scripts = Dictionary(
    uniqueKeysWithValues: CompletionShell.allCases.map { ($0, CompletionScript.text(for: $0)) })

  private static func has(_ shell: String) -> Bool { path(shell) != nil }

  /// A store whose names try to be more than names.
  private static func world() throws -> Program {
    let program = try Program.initialized()
    for name in [
      "Portal Mexico", "Portal US", "Port $(touch pwned)", "Port `touch pwned`", "It's \"x\" a\\b; c: d!",
    ] {
      try program.run("api-user", "add", name, "--label", "env=prod").mustSucceed()
    }
    try program.run("user", "add", "Ada García").mustSucceed()
    // Names are offered within a time, which a busy machine has only for a process that goes before others. Only root
    // may start one.
    try Executable.write(
      "#!/bin/sh\nexec nice -n -20 '\(Program.path)' \"$@\" 2> /dev/null\n", to: program.home + "/popsec")
    return program
  }

  /// Runs a script with popsec in the search path, until it prints something: a busy machine may take longer than is
  /// waited for a name.
  private static func run(_ shell: String, _ arguments: [String], _ script: String, _ program: Program) throws
    -> [String]
  {
    let folder = program.home
    let kind = try #require(CompletionShell(rawValue: shell))
    try #require(scripts[kind]).write(toFile: folder + "/script", atomically: true, encoding: .utf8)
    var lines: [String] = []
    let end = ContinuousClock.now + .seconds(90)
    while lines.isEmpty, ContinuousClock.now < end {
      let process = Process()
      let output = Pipe()
      process.executableURL = URL(fileURLWithPath: try #require(path(shell)))
      process.arguments = arguments + ["-c", script]
      process.currentDirectoryURL = URL(fileURLWithPath: folder)
      process.environment = program.standardEnvironment.merging(["PATH": folder + ":/usr/bin:/bin"]) { $1 }
      process.standardOutput = output
      try process.run()
      let printed = try output.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      lines = String(decoding: printed, as: UTF8.self).split(separator: "\n").map(String.init)
    }
    #expect(!FileManager.default.fileExists(atPath: folder + "/pwned"), "a name was run")
    return lines
  }

  @Test("bash offers names, puts together what it breaks, and runs nothing", .enabled(if: has("bash")))
  func bash() throws {
    let program = try Self.world()
    let cases: [(words: String, expected: [String])] = [
      ("popsec api-user show Portal", ["Portal Mexico", "Portal US"]),
      (#"popsec api-user show Portal\ M"#, ["Portal Mexico"]),
      ("popsec api-user show It", ["It's \"x\" a\\b; c: d!"]),
      ("popsec --store ~/data/popsec api-user show Portal", ["Portal Mexico", "Portal US"]),
      ("popsec api-user list --label env = pr", ["prod"]),
      ("popsec api-user list --owner user : Ad", ["Ada García"]),
      ("popsec token list --user --json Ad", ["Ada García"]),
      ("popsec team role x --add TokenO", ["TokenOperator"]),
      ("popsec api-user sh", ["show"]),
    ]
    for (words, expected) in cases {
      // The line has no blanks where bash broke the words.
      let line = words.replacing(" = ", with: "=").replacing(" : ", with: ":")
      let script = """
        source ./script; words='\(words)'; IFS=' '
        read -ra COMP_WORDS <<< "${words//\\\\ /$'\\x01'}"
        COMP_WORDS=("${COMP_WORDS[@]//$'\\x01'/\\\\ }")
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE='\(line)'; COMP_POINT=${#COMP_LINE}
        unset IFS; _popsec_whole popsec "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf '%s\\n' "${COMPREPLY[@]}"
        """
      #expect(try Self.run("bash", ["--norc"], script, program) == expected, "\(words)")
    }
  }

  /// What each shell is told before a line is typed, and how it is started.
  private static let interactive: [String: (arguments: [String], setup: String)] = [
    "bash": (["--norc", "--noprofile", "-i"], "source ./script; show() { printf '[%s]' \"$@\"; echo; }"),
    "zsh": (
      ["-f", "-i"],
      "autoload -U compinit; compinit -u; source ./script; show() { printf '[%s]' \"$@\"; echo; }"
    ),
    "fish": (
      ["--no-config", "-i"], "source ./script; function show; printf '[%s]' $argv; echo; end"
    ),
  ]

  /// A program in place of popsec that offers these names, so that no busy machine is too slow for the test.
  private static func offering(_ names: [String], _ kind: CompletionShell) throws -> Program {
    let program = try Program()
    var lines = names.compactMap { CompletionCandidate.text($0, for: kind) }
    // ArgumentParser's script for zsh drops the last line.
    if kind == .zsh { lines.append(" ") }
    let files = [
      ("candidates", lines.joined(separator: "\n") + "\n"), ("script", try #require(scripts[kind])),
    ]
    for (name, text) in files {
      try text.write(toFile: program.home + "/" + name, atomically: true, encoding: .utf8)
    }
    try Executable.write("#!/bin/sh\nexec cat \"$HOME/candidates\"\n", to: program.home + "/popsec")
    return program
  }

  @Test(
    "a name that is completed at a terminal is one argument", arguments: ["bash", "zsh", "fish"].filter(has),
    [
      (#"popsec api-user show Portal\ M"#, "[popsec][api-user][show][Portal Mexico]"),
      ("popsec api-user show 'Portal M", "[popsec][api-user][show][Portal Mexico]"),
      ("popsec api-user show It", "[popsec][api-user][show][It's \"x\" a\\b; c: d!]"),
      ("popsec --store data/popsec api-user list --owner user:Ad", "[--owner][user:Ada García]"),
    ])
  func typed(shell: String, line: (typed: String, shown: String)) throws {
    let kind = try #require(CompletionShell(rawValue: shell))
    let names = [
      "Portal Mexico", "Portal US", "It's \"x\" a\\b; c: d!", "Port $(touch pwned)", "user:Ada García",
    ]
    let program = try Self.offering(names, kind)
    let (arguments, setup) = try #require(Self.interactive[shell])
    let terminal = try TerminalSession(
      program, arguments, environment: ["PATH": program.home + ":/usr/bin:/bin"],
      executable: try #require(Self.path(shell)))
    terminal.type("cd \(program.home); \(setup); echo rea''dy\r")
    try terminal.expect("ready\r\n")
    // The shell handles the keys in their order: it completes, goes to the beginning of the line, and shows the line.
    terminal.type(line.typed + "\t\u{1}show \r")
    try terminal.expect(line.shown)
    #expect(!FileManager.default.fileExists(atPath: program.home + "/pwned"), "a name was run")
    terminal.kill(SIGKILL)
    _ = terminal.wait()
  }
}
