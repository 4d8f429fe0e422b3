import Access
import ArgumentParser
import Store

struct RoleList: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List system roles.")

  @OptionGroup var global: GlobalOptions

  func run() throws {
    try global.run { session in
      let custom = try session.read { try $0.customRoles() }
      let roles = BuiltInRole.allCases.map(RoleRecord.init) + custom.map(RoleRecord.init)
      if session.wantsJSON {
        return try session.output.jsonArray { emit in for role in roles { try emit(role) } }
      }
      var table = TextTable(session.output, "Name", "Made", "Permissions", "Description")
      try table.add(
        roles.map {
          [$0.name, $0.builtIn ? "built in" : "custom", String($0.permissions.count), $0.description]
        })
    }
  }
}
