import ArgumentParser

struct CatalogueShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a connector's companies and lists.")

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The connector's name.")
  var connector: String

  func run() throws {
    try global.run { session in
      let record = try session.find { try ConnectorRecord($0.connector(connector), $0.reader) }
      if session.wantsJSON { return try session.output.json(record) }
      try session.output.fields([
        ("Name", record.name), ("ID", record.id), ("Companies", record.companies.joined(separator: ", ")),
      ])
      try session.output.line()
      var table = TextTable(session.output, "Group", "List", "Actions", "Details", "List actions")
      try table.add(
        record.lists.map { list in
          [list.group.value ?? "–", list.name] + [list.actions, list.details, list.listActions].map(names)
        })
    }
  }

  private func names(_ names: [String]) -> String { names.isEmpty ? "–" : names.joined(separator: ", ") }
}
