import Access
import Administration
import ArgumentParser
import Store

struct AccountRole<Of: AccountChoice>: ParsableCommand {
  static var configuration: CommandConfiguration {
    let command = Of.kind.command
    return CommandConfiguration(
      commandName: "role", abstract: "Give system roles to \(Of.kind.withArticle), or take them away.",
      discussion: """
        With --from or --until what is added begins or ends by itself, also where it is held already.\
        \(Of.kind == .apiUser ? " The effect on who may see what is shown first, and the command asks." : "")

        Examples:
          popsec \(command) role NAME --add WidgetReader --dry-run
          popsec \(command) role NAME --add APIReader --until +30d --yes
        """)
  }

  @OptionGroup var global: GlobalOptions

  @Argument(help: Of.kind.nameHelp, completion: Of.kind.completion)
  var name: String

  @OptionGroup var roles: RoleOptions
  @OptionGroup var change: ChangeOptions

  func run() throws {
    try global.run { session in
      let bounds = try roles.bounds.bounds(now: session.administration.now)
      // The roles of users have always been changed without a question, on which scripts rely.
      guard Of.kind == .user, !change.dryRun else {
        let what = "change the roles of this \(Of.kind.title)"
        return try session.make(change, asking: what) { _ = try save(bounds, $0) }
      }
      let account = try session.change { try save(bounds, $0) }
      let held = try session.read { try $0.heldRoles(of: .account(account.id)) }
      try session.tell(
        AccountChangeRecord(account),
        "\(quoted(account.name.text)) has \(held.isEmpty ? "no role" : held.text)")
    }
  }

  private func save(_ bounds: Bounds?, _ change: Change) throws -> Account {
    let account = try change.finder.account(Of.kind, name)
    try roles.save(of: .account(account.id), bounds, change)
    return account
  }
}

struct AccountTeam<Of: AccountChoice>: ParsableCommand {
  static var configuration: CommandConfiguration {
    let command = Of.kind.command
    return CommandConfiguration(
      commandName: "team", abstract: "Put \(Of.kind.withArticle) into teams, or take it out.",
      discussion: """
        The effect on who may see what is shown first, and the command asks. \
        With --from or --until a membership that is added begins or ends by itself, also where there is one \
        already.

        Examples:
          popsec \(command) team NAME --add 'Sales MX' --add Desk
          popsec \(command) team NAME --add Desk --until +14d --yes
          popsec \(command) team NAME --remove Desk --dry-run
        """)
  }

  @OptionGroup var global: GlobalOptions

  @Argument(help: Of.kind.nameHelp, completion: Of.kind.completion)
  var name: String

  @Option(
    help: ArgumentHelp("A team to join; may be given again.", valueName: "name"), completion: .names(.teams))
  var add: [String] = []

  @Option(
    help: ArgumentHelp("A team to leave; may be given again.", valueName: "name"), completion: .names(.teams))
  var remove: [String] = []

  @OptionGroup var bounds: BoundsOptions
  @OptionGroup var change: ChangeOptions

  func validate() throws {
    if add.isEmpty, remove.isEmpty { throw ValidationError("name a team with --add or --remove") }
    if add.isEmpty, !bounds.isEmpty { throw ValidationError("--from and --until are for --add") }
  }

  func run() throws {
    try global.run { session in
      let bounds = try bounds.bounds(now: session.administration.now)
      try session.make(change, asking: "change the teams of this \(Of.kind.title)") { change in
        let account = try change.finder.account(Of.kind, name)
        let was = BoundedSet(
          bounded: try change.reader.teams(of: account.id).map { Bounded($0.value.id, $0.bounds) })
        var becomes = was
        for name in remove { becomes[try change.finder.team(name).id] = nil }
        for name in add {
          let team = try change.finder.team(name).id
          becomes[team] = bounds ?? was[team] ?? .always
        }
        try change.saveTeams(of: account.id, bounded: Edit(was: was, becomes: becomes))
      }
    }
  }
}

struct AccountDuplicate<Of: AccountChoice>: ParsableCommand {
  static var configuration: CommandConfiguration {
    let command = Of.kind.command
    return CommandConfiguration(
      commandName: "duplicate",
      abstract: "Add \(Of.kind.withArticle) with the teams, roles and grants of another.",
      discussion: """
        The effect on who may see what is shown first, and the command asks. \
        \(Of.kind == .user
          ? "The new user has no SSH key, no Unix account and no token: popsec user key add lets it in."
          : "The new API user has no token: popsec token add gives it one.")

        Examples:
          popsec \(command) duplicate NAME NEW-NAME --dry-run
          popsec \(command) duplicate NAME NEW-NAME --yes
        """)
  }

  @OptionGroup var global: GlobalOptions

  @Argument(help: Of.kind.nameHelp, completion: Of.kind.completion)
  var name: String

  @Argument(help: "The name of the new one.")
  var newName: String

  @OptionGroup var change: ChangeOptions

  func run() throws {
    let becomes = try Name(argument: newName)
    try global.run { session in
      try session.make(change, asking: "duplicate this \(Of.kind.title)") { change in
        try change.duplicate(try change.finder.account(Of.kind, name).id, as: becomes)
      }
    }
  }
}
