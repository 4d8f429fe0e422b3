import Access
import Administration
import ArgumentParser
import Store

struct TeamRole: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "role", abstract: "Give system roles to a team, or take them away.",
    discussion: """
      The effect on who may see what is shown first, and the command asks. \
      With --from or --until what is added begins or ends by itself, also where the team has it already.

      Examples:
        popsec team role 'Sales MX' --add WidgetReader
        popsec team role Desk --add APIReader --until +30d --remove WidgetReader --yes
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The team's name.", completion: .names(.teams))
  var name: String

  @OptionGroup var roles: RoleOptions
  @OptionGroup var change: ChangeOptions

  func run() throws {
    try global.run { session in
      let bounds = try roles.bounds.bounds(now: session.administration.now)
      try session.make(change, asking: "change the roles of this team") { change in
        try roles.save(of: .team(try change.finder.team(name).id), bounds, change)
      }
    }
  }
}

struct TeamMember: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "member", abstract: "Put users and API users into a team, or take them out.",
    discussion: """
      The effect on who may see what is shown first, and the command asks. \
      With --from or --until a membership that is added begins or ends by itself, also where there is one \
      already.

      Examples:
        popsec team member 'Sales MX' --add-api-user Portal --add-api-user Kiosk
        popsec team member Desk --add-user ana --until +14d --yes
        popsec team member Desk --remove-user ben --dry-run
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The team's name.", completion: .names(.teams))
  var name: String

  @Option(
    help: ArgumentHelp("An API user to put into the team; may be given again.", valueName: "name"),
    completion: .names(.apiUsers))
  var addApiUser: [String] = []

  @Option(
    help: ArgumentHelp("A user to put into the team; may be given again.", valueName: "name"),
    completion: .names(.users))
  var addUser: [String] = []

  @Option(
    help: ArgumentHelp("An API user to take out; may be given again.", valueName: "name"),
    completion: .names(.apiUsers))
  var removeApiUser: [String] = []

  @Option(
    help: ArgumentHelp("A user to take out; may be given again.", valueName: "name"),
    completion: .names(.users))
  var removeUser: [String] = []

  @OptionGroup var bounds: BoundsOptions
  @OptionGroup var change: ChangeOptions

  func validate() throws {
    let added = addApiUser + addUser
    if (added + removeApiUser + removeUser).isEmpty {
      throw ValidationError("name who is put in or taken out, as with --add-api-user or --remove-user")
    }
    if added.isEmpty, !bounds.isEmpty { throw ValidationError("--from and --until are for who is put in") }
  }

  func run() throws {
    try global.run { session in
      let bounds = try bounds.bounds(now: session.administration.now)
      try session.make(change, asking: "change who is in this team") { change in
        let finder = change.finder
        let team = try finder.team(name)
        let added = try accounts(addApiUser, addUser, finder)
        // Whoever is named twice is put in, as with roles.
        let removed = try accounts(removeApiUser, removeUser, finder).subtracting(added)
        let present = try change.reader.members(of: team.id, among: added)
        let becomes = BoundedSet(bounded: added.map { Bounded($0, bounds ?? present[$0] ?? .always) })
        try change.saveMembers(of: team.id, bounded: becomes, removing: removed)
      }
    }
  }

  private func accounts(_ apiUsers: [String], _ users: [String], _ finder: Finder) throws -> Set<AccountID> {
    Set(
      try apiUsers.map { try finder.account(.apiUser, $0).id }
        + users.map { try finder.account(.user, $0).id })
  }
}
