import Access
import ArgumentParser

struct GrantShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show the grants of a user, an API user or a team in full.")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var subject: GrantSubject

  @Option(help: ArgumentHelp("The one on this connector only.", valueName: "name"))
  var connector: String?

  func run() throws {
    try global.run { session in
      let grants = try session.find { finder in
        guard let named = try subject.find(finder) else {
          throw Trouble(
            "nobody is named whose grants are to be shown", hint: "give --api-user, --user or --team",
            exitStatus: .usage)
        }
        let connector = try connector.map { try finder.connector($0).id }
        return try grantRecords(named.id, named.kind, named.name, finder.reader, on: connector)
      }
      if session.wantsJSON {
        return try session.output.jsonArray { emit in for grant in grants { try emit(grant) } }
      }
      try session.showGrants(grants)
    }
  }
}
