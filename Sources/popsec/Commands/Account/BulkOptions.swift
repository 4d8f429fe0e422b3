import Access
import Administration
import ArgumentParser
import Store

/// The options of what is done with which users or API users.
struct BulkOptions: ParsableArguments {
  static let discussion = """
    The plan is shown first, and it asks for the count to be typed. All of it is done in one transaction, with a \
    row in the audit log for each, or nothing. Whoever is like that already is left out.
    """

  @Argument(help: ArgumentHelp("What to do.", valueName: "action"))
  var verb: BulkVerb

  @Argument(help: "With whom, by name.", completion: .names(.groupAccounts))
  var names: [String] = []

  @Option(
    help: ArgumentHelp("With all whose name has this part; case and accents ignored.", valueName: "text"))
  var matching: String?

  @Option(
    help: ArgumentHelp("With those named in a file, one a line; - for standard input.", valueName: "file"),
    completion: .file())
  var namesFile: String?

  @Flag(help: "With all.")
  var all = false

  @Option(help: ArgumentHelp("The team, for add-to-team.", valueName: "name"), completion: .names(.teams))
  var team: String?

  @Option(
    help: ArgumentHelp(
      "When the tokens end, for set-expiry: never, a number of days as in 30d, or a date.", valueName: "when"),
    completion: .names(.laterTimes(ends: true)))
  var expires: String?

  @OptionGroup var bounds: BoundsOptions

  @OptionGroup var change: ChangeOptions

  /// - Parameter isFiltered: whether conditions say with whom, beside `--matching` or alone.
  func requireTargets(isFiltered: Bool) throws {
    let choices = [!names.isEmpty, matching != nil || isFiltered, namesFile != nil, all]
    guard choices.count(where: { $0 }) == 1 else {
      throw ValidationError(
        "say with whom: by names, or by one of --matching, --where, --names-file and --all")
    }
  }

  func validate() throws {
    // The text may come from a variable that is not set, and must not mean everybody.
    if let matching, SearchText(matching) == nil {
      throw ValidationError("--matching needs a part of a name; --all means all")
    }
    guard (team != nil) == (verb == .addToTeam) else {
      throw ValidationError("add-to-team needs --team, and nothing else takes it")
    }
    guard bounds.isEmpty || verb == .addToTeam else {
      throw ValidationError("--from and --until are for add-to-team only")
    }
    guard (expires != nil) == (verb == .setExpiry) else {
      throw ValidationError("set-expiry needs --expires, and nothing else takes it")
    }
  }

  /// Errors: ``Trouble`` where the named team or time does not exist.
  func action(_ session: Session) throws -> BulkAction {
    switch verb {
    case .enable: .enable
    case .disable: .disable
    case .revokeTokens: .revokeTokens
    case .addToTeam:
      .addToTeam(
        try session.find { try $0.team(team ?? "") }.id,
        try bounds.bounds(now: session.administration.now))
    case .setExpiry:
      .setExpiry(try ExpiryArgument.expiry(expires, now: session.administration.now) ?? .never)
    }
  }

  /// The accounts that are meant. Where one name is unknown, nothing is done with any.
  ///
  /// Errors: ``Trouble`` for a name that nobody has, and for a file that can't be read.
  func targets(
    _ kind: AccountKind, _ filter: some ConditionOptions, _ session: Session
  ) throws -> BulkTargets {
    if all { return .matching(AccountQuery(kind: kind)) }
    if matching != nil || filter.isGiven {
      var written = WrittenConditions(of: ListedKind(kind))
      written.add(name: matching.flatMap { SearchText($0) })
      try written.add(try filter.written())
      return .matching(try session.find { try $0.conditions.query(written, kind) })
    }
    if let namesFile {
      let list = try NameList(InputFile(path: namesFile))
      return .these(try session.find { finder in try list.accounts { try finder.account(kind, $0) } })
    }
    return .these(try session.find { finder in Set(try names.map { try finder.account(kind, $0).id }) })
  }
}

/// Names in a file, one in each line.
struct NameList {
  private let source: String
  private let lines: [Substring]

  /// Errors: ``Trouble``.
  init(_ file: InputFile) throws {
    source = file.name
    guard let text = String(validating: try file.bytes(), as: UTF8.self) else {
      throw Trouble("\(source) is no text in UTF-8", hint: "give one name a line", exitStatus: .badData)
    }
    lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    guard lines.contains(where: { !$0.isEmpty }) else {
      throw Trouble("\(source) names nobody", hint: "give one name a line", exitStatus: .badData)
    }
  }

  /// Finds the accounts. An error about a name tells its line.
  func accounts(_ find: (String) throws -> Account) throws -> Set<AccountID> {
    var found: Set<AccountID> = []
    for (index, line) in lines.enumerated() where !line.isEmpty {
      do { found.insert(try account(String(line), find).id) } catch let complaint as any Complaint {
        throw Trouble(
          "\(source):\(index + 1): \(complaint.message)", hint: complaint.hint,
          exitStatus: complaint.exitStatus)
      }
    }
    return found
  }

  /// Finds one account. The error does not repeat a text that may be a secret from a wrong file.
  private func account(_ name: String, _ find: (String) throws -> Account) throws -> Account {
    guard !SecretArguments.looksSecret(name) else {
      throw Trouble(
        "this looks like a Token ID, not a name", hint: "popsec token whois tells whose it is",
        exitStatus: .badData)
    }
    return try find(name)
  }
}
