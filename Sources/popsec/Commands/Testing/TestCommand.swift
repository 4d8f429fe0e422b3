import Access
import Administration
import ArgumentParser
import Foundation
import Interchange
import Store

struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Run tests of access: do decisions come out as files say?",
    discussion: """
      A file of tests asks what check, access and access --list ask, and says what must come out. What differs \
      is shown with its trace. The exit status is 0 where all tests hold (or there are none, with a warning), 1 where some differ, and 65 where a \
      file is wrong. popsec apply --test runs tests before it commits.

      Examples:
        popsec test access.yaml
        popsec test tests/*.yaml --file security.yaml -o junit
        popsec test access.yaml --coverage
        popsec test --from-denial 01JE0000000000000000000000
      """)

  @OptionGroup var place: StoreOptions

  @Argument(
    help: ArgumentHelp("The files of tests, in YAML or JSON; - for standard input.", valueName: "file"),
    completion: .file())
  var files: [String] = []

  @Option(
    help: ArgumentHelp(
      "Run on what this security file would make of an empty store, and not on the store.",
      valueName: "security file"),
    completion: .file())
  var file: String?

  @Flag(help: "List the grants on which no test rests.")
  var coverage = false

  @Option(help: ArgumentHelp("Write a test that expects this denial of the gate.", valueName: "id"))
  var fromDenial: String?

  @Option(
    name: [.customShort("o", allowingJoined: true), .customLong("output-format")],
    help: ArgumentHelp("Report as \(TestReport.Format.list).", valueName: "format"),
    completion: .list(TestReport.Format.allCases.map(\.rawValue)),
    transform: TestReport.Format.init(argument:))
  var format: TestReport.Format = .text

  @Flag(help: "Report JSON, as -o json does.")
  var json = false

  func validate() throws {
    if fromDenial != nil {
      if files.isEmpty, file == nil, !coverage { return }
      throw ValidationError("--from-denial is used by itself")
    }
    if files.isEmpty { throw ValidationError("name a file of tests") }
    guard (files + [file ?? ""]).count(where: { $0 == "-" }) <= 1 else {
      throw ValidationError("standard input can be one file only")
    }
  }

  func run() throws {
    if let fromDenial { return try place.run(printing: .standard()) { try write(fromDenial, $0) } }
    let tests = try files.map { try AccessTestFile(reading: $0) }
    let output = Output.standard()
    let isGood: Bool
    if let file {
      try Caller.current.requireLocal("--file")
      let made = try FileStore(file)
      defer { made.remove() }
      isGood = try report(tests, try made.open(), on: output)
    } else {
      var holds = false
      try place.run(printing: output) { holds = try report(tests, $0.administration, on: output) }
      isGood = holds
    }
    if !isGood { throw ExitCode(ExitStatus.denied.rawValue) }
  }

  /// Runs tests, and prints the report. Returns whether all hold.
  private func report(_ files: [AccessTestFile], _ administration: Administration, on output: Output) throws
    -> Bool
  {
    let run = try administration.run(files, coverage: coverage)
    try TestReport(run: run, format: json ? .json : format).print(to: output)
    try output.flush()
    if run.outcomes.isEmpty { Asking.say("warning: the files have no tests, so that nothing was checked") }
    return run.holds
  }

  private func write(_ decision: String, _ session: Session) throws {
    let denial = try session.denial(decision)
    guard let step = denial.explanation.deniedStep else {
      throw Trouble("this decision denied at no step", exitStatus: .badData)
    }
    let verdict = try session.administration.check(try session.administration.request(of: denial))
    try session.output.encoded(verdict.test(deniedAt: step, named: denial.explanation.reason).utf8)
  }
}

extension AccessTestFile {
  /// Reads a file of tests. Errors: ``SecurityFileErrors``, ``Trouble``.
  init(reading path: String) throws {
    let input = InputFile(path: path)
    // A pipeline looks for the file by its whole path.
    let name = input.isStandardInput ? input.name : path
    self = try .parse(try input.bytes(atMost: Self.maximumByteCount), named: name)
  }
}
