import Access
import Administration
import ArgumentParser
import Interchange
import Store

struct LawAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add a law.",
    discussion: """
      What breaks the law now is shown first, and the command asks. A law that is broken is taken with --watch \
      only: such a law reports and refuses nothing. Names may be of what does not exist yet. The law can also be \
      read from a file, written as an entry of laws in a security file.

      Examples:
        popsec law add 'no payroll' --reason 'works council' --never --all-api-users --connector ERP --list Payroll
        popsec law add 'one country' --reason audit --apart --label kind=portal --connector ERP --company MX --and-company US
        popsec law add 'tokens end' --reason policy --all-api-users --max-days 365 --except 'Portal=+14d' --watch
        popsec law add --file law.yaml --dry-run
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The law's name; the file has it where --file is given.")
  var name: String?

  @OptionGroup var content: LawContentOptions
  @OptionGroup var change: ChangeOptions

  func validate() throws {
    if content.file != nil {
      guard name == nil else { throw ValidationError("the file has the law's name; leave NAME out") }
      return
    }
    guard name != nil else { throw ValidationError("give the law's name, or --file") }
    if content.form.isEmpty { throw ValidationError("say what the law demands, or give --file") }
    if !content.removeException.isEmpty { throw ValidationError("a new law has no exception to remove") }
  }

  func run() throws {
    try global.run { session in
      let law = try law(session)
      if try session.read({ try $0.law(named: NameKey(law.name)) }) != nil {
        throw AdministrationError.nameTaken(kind: "law", name: law.name)
      }
      try session.make(law, inPlaceOf: nil, change, asking: "add this law") { try $0.addLaw(law) }
    }
  }

  private func law(_ session: Session) throws -> Law<AsWritten> {
    if let law = try content.lawOfFile() { return law }
    let name = try Name(argument: name ?? "")
    return try session.find { finder in
      try content.law(named: name, form: try content.form.form(finder), finder)
    }
  }
}

/// The parts of a law that a command gives.
struct LawContentOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Why there is this law.", valueName: "text"))
  var reason: String?

  @Flag(help: "Report what breaks the law, and refuse nothing.")
  var watch = false

  @Flag(help: "Refuse what would break the law; usual for a new law.")
  var enforce = false

  @OptionGroup var form: LawFormOptions

  @Option(
    help: ArgumentHelp(
      "An API user that is excepted, and until when; may be given again.", valueName: "name=when"),
    completion: .names(.apiUsers))
  var except: [String] = []

  @Option(
    help: ArgumentHelp("An API user that is no longer excepted; may be given again.", valueName: "name"),
    completion: .names(.apiUsers))
  var removeException: [String] = []

  @Option(
    help: ArgumentHelp("A file with the law, in YAML or JSON; - for standard input.", valueName: "file"),
    completion: .file())
  var file: String?

  var isEmpty: Bool {
    reason == nil && !watch && !enforce && form.isEmpty && except.isEmpty && removeException.isEmpty
      && file == nil
  }

  func validate() throws {
    if watch, enforce { throw ValidationError("--watch and --enforce exclude each other") }
    guard file == nil || reason == nil && form.isEmpty && except.isEmpty && removeException.isEmpty else {
      throw ValidationError("the file has all of the law; only --watch or --enforce goes with --file")
    }
  }

  /// The law that the file has; nil where no file is given.
  ///
  /// Errors: ``SecurityFileErrors``, ``Trouble``.
  func lawOfFile() throws -> Law<AsWritten>? {
    guard let file else { return nil }
    let input = InputFile(path: file)
    let law = try LawFile.parse(try input.bytes(atMost: LawFile.maximumByteCount), named: input.name)
    return try Law(
      name: law.name, reason: law.reason, mode: mode ?? law.mode, form: law.form, exceptions: law.exceptions)
  }

  /// The law with what was given, and otherwise as it was.
  ///
  /// Errors: ``Trouble`` for what can't be so.
  func law(
    named name: Name, form: LawForm<AsWritten>, inPlaceOf was: Law<AsWritten>? = nil, _ finder: Finder
  ) throws -> Law<AsWritten> {
    let reason = try self.reason.map { try Summary(reasonArgument: $0) }
    let exceptions = try exceptions(was?.exceptions ?? [:], finder.now)
    return try lawful { () throws(LawProblem) in
      try Law(
        name: name, reason: reason ?? was?.reason ?? .empty, mode: mode ?? was?.mode ?? .enforce, form: form,
        exceptions: exceptions)
    }
  }

  private var mode: LawMode? { watch ? .watch : enforce ? .enforce : nil }

  private func exceptions(_ known: [Name: Timestamp], _ now: Timestamp) throws(Trouble) -> [Name: Timestamp] {
    var exceptions = known
    for argument in removeException {
      let name = try Name(argument: argument)
      guard let excepted = exceptions.keys.first(where: { NameKey($0) == NameKey(name) }) else {
        throw Trouble(
          "the law has no exception of \(quotedExcerpt(name.text))",
          hint: "popsec law show tells who is excepted",
          exitStatus: .noInput)
      }
      exceptions[excepted] = nil
    }
    for argument in except {
      let exception = try LawExceptionArgument(argument, now: now)
      let excepted = exceptions.keys.first { NameKey($0) == NameKey(exception.apiUser) }
      exceptions[excepted ?? exception.apiUser] = exception.until
    }
    return exceptions
  }
}

extension Summary {
  /// Errors: ``Trouble`` for what can't be the reason of a law.
  fileprivate init(reasonArgument: String) throws(Trouble) {
    do { self = try Summary(reasonArgument) } catch {
      throw Trouble(
        error.description.replacing("a name", with: "a reason"),
        hint: "a reason has at most \(Summary.maximumCharacterCount) characters", exitStatus: .badData)
    }
  }
}

extension Session {
  /// Adds a law or puts it in the place of another one: first tells what breaks the law now.
  func make(
    _ law: Law<AsWritten>, inPlaceOf was: Law<AsWritten>?, _ options: ChangeOptions, asking what: String,
    _ body: (Change) throws -> Void
  ) throws {
    guard was != law else { return try make(options, asking: what, body) }
    try administration.requireAdministrator(to: "change the laws")
    let bar = ProgressBar("looking for what breaks the law")
    defer { bar.finish() }
    let outlook = try administration.outlook(of: law, inPlaceOf: was)
    bar.finish()
    if let trouble = outlook.trouble { throw trouble }
    try make(options, asking: { _ in .yes(what, law.name.text) }, noting: outlook.lines, body)
  }
}
