import Access
import Administration
import ArgumentParser
import Store

struct RoleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "role", abstract: "System roles, built in and custom.",
    subcommands: [
      RoleList.self, RoleShow.self, RoleAdd.self, RoleSet.self, NamedRename<OfRoles>.self,
      NamedDelete<OfRoles>.self,
    ])
}

struct RoleList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List system roles.",
    discussion: """
      Examples:
        popsec role list
        popsec role list --json
      """)

  @OptionGroup var global: GlobalOptions

  func run() throws {
    try global.run { session in try session.list(try session.roles()) }
  }
}

extension Session {
  /// The built-in system roles, then the custom ones.
  func roles() throws -> [RoleRecord] {
    BuiltInRole.allCases.map(RoleRecord.init) + (try read { try $0.customRoles() }).map(RoleRecord.init)
  }
}

struct RoleShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a system role, what it permits and who has it.",
    discussion: """
      Examples:
        popsec role show TokenOperator
        popsec role show 'Help desk' --json
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The role's name.", completion: .names(.roles))
  var name: String

  func run() throws {
    try global.run { session in
      try session.show(try session.read(find)) { record in
        guard !record.firstHolders.isEmpty else { return }
        try session.output.line()
        try session.output.table(record.firstHolders)
      }
    }
  }

  private func find(_ reader: any SecurityReader) throws -> RoleHoldersRecord {
    switch try Finder.role(try Name(argument: name), reader) {
    case .builtIn(let role)?: return try RoleHoldersRecord(RoleRecord(role), .builtIn(role), reader)
    case .custom(let role)?: return try RoleHoldersRecord(RoleRecord(role), .custom(role.id), reader)
    case nil: throw AdministrationError.missing(kind: "role", name: excerpt(name))
    }
  }
}

extension Finder {
  enum FoundRole {
    case builtIn(BuiltInRole)
    case custom(CustomRole)
  }

  /// The system role of this name; nil where there is none.
  static func role(_ name: Name, _ reader: any SecurityReader) throws -> FoundRole? {
    let key = NameKey(name)
    if let role = BuiltInRole.named(key) { return .builtIn(role) }
    return try reader.customRole(named: key).map { .custom($0) }
  }

  /// Errors: ``Trouble``, which names all system roles.
  func role(_ argument: String) throws -> SystemRole {
    switch try Self.role(try Name(argument: argument), reader) {
    case .builtIn(let role)?: return .builtIn(role)
    case .custom(let role)?: return .custom(role.id)
    case nil:
      let names = BuiltInRole.allCases.map(\.rawValue) + (try reader.customRoles().map(\.name.text))
      throw Trouble(
        "there is no system role named \(quotedExcerpt(argument))",
        hint: "there are \(names.joined(separator: ", "))", exitStatus: .noInput)
    }
  }
}
