import Access
import Administration
import ArgumentParser
import Store

struct AccessCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "access",
    abstract: "Show all that a user, an API user or a team may see, or who may see a list.",
    discussion: """
      A tree of connectors, companies, lists and items, each with who gave it. With --list it is the \
      other way round: who may see that list. With --compare it lists what only one of two may see. What ends \
      by itself is shown with its end. What expires or \
      limits a token is not regarded: see check.

      Examples:
        popsec access 'Portal Mexico'
        popsec access --team 'Sales MX' --at 2027-02-21
        popsec access --list 'Sales Orders' --connector 'Business Central'
        popsec access 'Portal Mexico' --compare 'Portal Canada'
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The name of a user, an API user or a team.", completion: .names(.subjects))
  var name: String?

  @OptionGroup var subject: GrantSubject

  @Option(help: ArgumentHelp("Show who may see this list.", valueName: "name"), completion: .names(.lists))
  var list: String?

  @Option(
    help: ArgumentHelp("The list's connector, where several have such a list.", valueName: "name"),
    completion: .names(.connectors))
  var connector: String?

  @Option(
    help: ArgumentHelp("Show it as of this time, as in 2027-02-21T00:00:00Z or +14d.", valueName: "time"),
    completion: .names(.times))
  var at: String?

  @Option(
    help: ArgumentHelp("Show what only one of the two may see.", valueName: "name"),
    completion: .names(.subjects))
  var compare: String?

  func validate() throws {
    let named = [name, subject.apiUser, subject.user, subject.team, list].compactMap { $0 }
    guard named.count == 1 else { throw ValidationError("give one name, or --list") }
    guard connector == nil || list != nil else { throw ValidationError("--connector needs --list") }
    guard compare == nil || list == nil else { throw ValidationError("--compare needs a name, not --list") }
  }

  func run() throws {
    try global.run { session in
      let now = session.administration.now
      let at = try at.map { try InstantArgument.instant($0, now: now, dropsFraction: true) } ?? now
      if let list { return try session.tellViewers(of: list, on: connector, at: at) }
      let subject = try find(session)
      if let compare { return try session.tellDifference(of: subject, to: compare, at: at) }
      let overview = try session.administration.overview(of: subject.id, at: at)
      if session.isForPrograms { return try session.output.value(AccessRecord(overview)) }
      for line in AccessLines(overview, .standard()).lines {
        try session.output.line(session.output.shown(line))
      }
    }
  }

  private func find(_ session: Session) throws -> NamedSubject {
    try session.find { try subject.find($0) ?? $0.subject(name ?? "") }
  }
}

extension Finder {
  /// The user, API user or team of this name, where only one of the three has it.
  /// - Parameter kind: the kind that is meant where several have the name; nil for none.
  func subject(_ argument: String, preferring kind: String? = nil) throws -> NamedSubject {
    let key = NameKey(try Name(argument: argument))
    var found: [NamedSubject] = []
    for kind in [AccountKind.apiUser, .user] {
      if let account = try reader.account(kind, named: key) { found.append(NamedSubject(account)) }
    }
    if let team = try reader.team(named: key) { found.append(NamedSubject(team)) }
    if found.count > 1, let meant = found.first(where: { $0.kind == kind }) { return meant }
    guard found.count <= 1 else {
      throw Trouble(
        "several are named \(quotedExcerpt(argument)): \(found.map(\.kind).joined(separator: ", "))",
        hint: "give --api-user, --user or --team", exitStatus: .usage)
    }
    // Nothing has that name, so the error suggests the nearest API user.
    return try found.first ?? NamedSubject(try account(.apiUser, argument))
  }
}

/// Everything that a subject may see, as a tree for people.
struct AccessLines {
  private let overview: AccessOverview
  private let signs: TreeSigns

  init(_ overview: AccessOverview, _ signs: TreeSigns) { (self.overview, self.signs) = (overview, signs) }

  var lines: [String] {
    var lines = [overview.names.title(overview.subject.subject)] + heading
    for root in overview.roots {
      lines.append(root.title)
      add(overview.children(of: root.node), indent: "", to: &lines)
    }
    if overview.isOnlyOutOfForce {
      lines.append("no grant gives anything at this time, neither its own nor one of its teams")
    } else if overview.roots.isEmpty {
      lines.append("nothing was granted, neither to it nor to its teams")
    }
    return lines
  }

  private var heading: [String] {
    guard overview.subject.isEnabled else { return ["disabled: nothing is allowed"] }
    return SurfaceKind.allCases.map { surface in
      guard let role = overview.role(opening: surface) else {
        return "\(surface.title): closed, no system role opens them"
      }
      let holder =
        role.holder == overview.subject.subject ? "its own" : "of \(overview.names.title(role.holder))"
      let end = overview.end(of: role).map { " until \($0.minute) UTC" } ?? ""
      return "\(surface.title): open, by \(overview.names.name(role.role)), \(holder)\(end)"
    }
  }

  private func add(_ rows: [AccessOverview.Row], indent: String, to lines: inout [String]) {
    for (index, row) in rows.enumerated() {
      let isLast = index == rows.count - 1
      let by = row.givers.isEmpty ? "" : "  \(overview.words(row.givers))"
      let note = row.isReachable ? "" : "  (not reachable: no open surface leads there)"
      lines.append("\(indent)\(isLast ? signs.lastBranch : signs.branch) \(row.title)\(by)\(note)")
      if row.hasChildren {
        add(overview.children(of: row.node), indent: indent + (isLast ? signs.space : signs.line), to: &lines)
      }
    }
  }
}
