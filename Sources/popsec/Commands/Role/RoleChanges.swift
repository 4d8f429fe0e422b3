import Access
import Administration
import ArgumentParser
import Store

struct RoleAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add a custom system role.",
    discussion: """
      Nobody has the role yet: user role, api-user role and team role give the role. The permissions are \
      \(Permission.allCases.map(\.rawValue).joined(separator: ", ")).

      Examples:
        popsec role add Helpdesk --permission security.read --permission tokens.copy
        popsec role add Auditor --permission audit.read --description 'Reads'
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The role's name.")
  var name: String

  @Option(
    help: ArgumentHelp("A permission of the role; may be given again.", valueName: "permission"),
    completion: .names(.permissions))
  var permission: [String] = []

  @Option(help: ArgumentHelp("What the role is for.", valueName: "text"))
  var description: String?

  @OptionGroup var change: ChangeOptions

  func validate() throws {
    if permission.isEmpty { throw ValidationError("name what it permits with --permission") }
  }

  func run() throws {
    let content = RoleContent(
      name: try Name(argument: name), summary: try description.map { try Summary(argument: $0) } ?? .empty,
      permissions: Set(try permission.map(Permission.init(argument:))))
    try global.run { session in
      try session.make(change, asking: { _ in .none }) { try $0.addRole(content) }
    }
  }
}

struct RoleSet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Change what a custom system role permits.",
    discussion: """
      The role permits what is named and nothing else. The effect on who may see what is shown first, and the \
      command asks. role list --json shows what each role permits.

      Examples:
        popsec role set Desk --permission security.read --permission tokens.copy
        popsec role set Helpdesk --permission security.read --dry-run
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The role's name.", completion: .names(.customRoles))
  var name: String

  @Option(
    help: ArgumentHelp("A permission of the role; may be given again.", valueName: "permission"),
    completion: .names(.permissions))
  var permission: [String] = []

  @Option(help: ArgumentHelp("What the role is for.", valueName: "text"))
  var description: String?

  @OptionGroup var change: ChangeOptions

  func validate() throws {
    if permission.isEmpty, description == nil {
      throw ValidationError("name what it permits with --permission")
    }
  }

  func run() throws {
    let permissions = Set(try permission.map(Permission.init(argument:)))
    let summary = try description.map { try Summary(argument: $0) }
    try global.run { session in
      try session.make(change, asking: "change what this role permits") { change in
        try change.edit(try change.finder.customRole(name)) {
          if !permissions.isEmpty { $0.permissions = permissions }
          if let summary { $0.summary = summary }
        }
      }
    }
  }
}

enum OfRoles: RenamedChoice {
  static let kind = DeletedKind.role
  static let noun = "custom system role"
  static let completion = CompletionKind.names(.customRoles)
  static let command = "role"
  static let deleting = "delete"
  static let deletion = "Delete a custom system role; whoever has it loses it."
  static let keeping = "Whoever has the role keeps it."

  static func rename(_ name: String, to becomes: Name, _ change: Change) throws {
    try change.edit(try change.finder.customRole(name)) { $0.name = becomes }
  }

  static func delete(_ name: String, _ change: Change) throws -> Name {
    let role = try change.finder.customRole(name)
    try change.deleteRole(role.id)
    return role.name
  }
}

extension Permission {
  /// Reads a permission that was given as an argument.
  init(argument: String) throws(Trouble) {
    if let permission = Permission(rawValue: argument) {
      self = permission
      return
    }
    let names = Self.allCases.map(\.rawValue)
    let nearest = Nearest.nearest(to: argument, among: names)
    throw Trouble(
      "there is no permission \(quotedExcerpt(argument))",
      hint: nearest.map { "did you mean \(quoted($0))?" } ?? "there are \(names.joined(separator: ", "))",
      exitStatus: .noInput)
  }
}

extension Finder {
  /// The custom role to be changed. Where an older version of popsec let people give a custom role the name that a
  /// built-in role has now, the custom role is meant, because a built-in one can't be changed.
  ///
  /// Errors: ``Trouble`` where there is no such role, and for a built-in one.
  fileprivate func customRole(_ argument: String) throws -> CustomRole {
    if let role = try reader.customRole(named: NameKey(try Name(argument: argument))) { return role }
    _ = try role(argument)
    throw Trouble(
      "\(quotedExcerpt(argument)) is built in, and can't be changed",
      hint: "popsec role add makes a role of your own", exitStatus: .badData)
  }
}

extension Change {
  fileprivate func edit(_ role: CustomRole, _ change: (inout RoleContent) -> Void) throws {
    let was = RoleContent(role)
    var becomes = was
    change(&becomes)
    try saveRole(role.id, Edit(was: was, becomes: becomes))
  }
}
