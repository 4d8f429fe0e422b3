import Access
import Administration
import ArgumentParser
import Store

struct RoleShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a system role, what it permits and who has it.")

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The role's name.")
  var name: String

  func run() throws {
    try global.run { session in
      let record = try session.read(find)
      if session.wantsJSON { return try session.output.json(record) }
      try session.output.fields([
        ("Name", record.role.name), ("Description", record.role.description),
        ("Made", record.role.builtIn ? "built in" : "custom"),
        ("Permissions", record.role.permissions.joined(separator: ", ")), ("Users", String(record.users)),
        ("API users", String(record.apiUsers)), ("Teams", String(record.teams)),
      ])
      guard !record.firstHolders.isEmpty else { return }
      try session.output.line()
      var table = TextTable(session.output, "Kind", "The first who have it")
      try table.add(record.firstHolders.map { [$0.kind, $0.name] })
    }
  }

  private func find(_ reader: any SecurityReader) throws -> RoleHoldersRecord {
    let key = NameKey(try Name(argument: name))
    if let builtIn = BuiltInRole.allCases.first(where: { $0.rawValue.lowercased() == key.text }) {
      return try RoleHoldersRecord(RoleRecord(builtIn), .builtIn(builtIn), reader)
    }
    guard let role = try reader.customRole(named: key) else {
      throw AdministrationError.missing(kind: "role", name: excerpt(name))
    }
    return try RoleHoldersRecord(RoleRecord(role), .custom(role.id), reader)
  }
}
