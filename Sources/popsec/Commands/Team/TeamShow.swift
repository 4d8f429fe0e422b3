import Access
import ArgumentParser

struct TeamShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a team, its roles and its grants.")

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The team's name.")
  var name: String

  func run() throws {
    try global.run { session in
      let record = try session.find { try TeamRecord($0.team(name), $0.reader) }
      if session.wantsJSON { return try session.output.json(record) }
      try session.output.fields([
        ("Name", record.name), ("ID", record.id), ("Description", record.description),
        ("Added (UTC)", Timestamp(record.created)?.minute ?? ""), ("Members", String(record.members)),
        ("Roles", record.roles.joined(separator: ", ")),
      ])
      try session.showGrants(record.grants)
    }
  }
}
