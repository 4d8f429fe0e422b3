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

  @Option(
    help: ArgumentHelp("The team, for add-to-team and remove-from-team.", valueName: "name"),
    completion: .names(.teams))
  var team: String?

  @Option(
    help: ArgumentHelp(
      "Whose teams, system roles and grants the others get, for copy-rights.", valueName: "name"),
    completion: .names(.groupAccounts))
  var rightsOf: String?

  @Flag(help: "The copied rights take the place of what is there, for copy-rights.")
  var replace = false

  @Option(
    help: ArgumentHelp(
      "What is put behind the name of each for its copy, for duplicate; \(quoted(NameSuffix.usual)) where it is not given.",
      valueName: "text"))
  var suffix: String?

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
    guard (team != nil) == verb.hasTeam else {
      throw ValidationError("add-to-team and remove-from-team need --team, and nothing else takes it")
    }
    guard bounds.isEmpty || verb == .addToTeam else {
      throw ValidationError("--from and --until are for add-to-team only")
    }
    guard (rightsOf != nil) == (verb == .copyRights) else {
      throw ValidationError("copy-rights needs --rights-of, and nothing else takes it")
    }
    guard !replace || verb == .copyRights else { throw ValidationError("--replace is for copy-rights only") }
    guard suffix == nil || verb == .duplicate else {
      throw ValidationError("--suffix is for duplicate only")
    }
    guard (expires != nil) == (verb == .setExpiry) else {
      throw ValidationError("set-expiry needs --expires, and nothing else takes it")
    }
  }

  /// Errors: ``Trouble`` where the named team, account or time does not exist, and for a suffix that is none.
  func action(_ kind: AccountKind, _ session: Session) throws -> BulkAction {
    switch verb {
    case .enable: .enable
    case .disable: .disable
    case .addToTeam: .addToTeam(try team(session), try bounds.bounds(now: session.administration.now))
    case .removeFromTeam: .removeFromTeam(try team(session))
    case .copyRights:
      .copyRights(
        of: try session.find { try $0.account(kind, rightsOf ?? "") }.id, isReplacing: replace)
    case .duplicate: .duplicate(try nameSuffix())
    case .revokeTokens: .revokeTokens
    case .setExpiry:
      .setExpiry(try ExpiryArgument.expiry(expires, now: session.administration.now) ?? .never)
    case .delete: .delete
    }
  }

  private func team(_ session: Session) throws -> TeamID { try session.find { try $0.team(team ?? "") }.id }

  private func nameSuffix() throws(Trouble) -> NameSuffix {
    do { return try NameSuffix(suffix ?? NameSuffix.usual) } catch {
      throw Trouble(
        error.description(of: "a suffix"), hint: "give some letters with --suffix", exitStatus: .badData)
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
      if written.asksForUses { try session.administration.requireUses() }
      return .matching(try session.find { try $0.conditions.query(written, kind) })
    }
    if let namesFile {
      let list = try NameList(InputFile(path: namesFile))
      return .these(try session.find { finder in try list.accounts { try finder.account(kind, $0) } })
    }
    return .these(try session.find { finder in Set(try names.map { try finder.account(kind, $0).id }) })
  }
}

extension BulkVerb: ExpressibleByArgument {}
