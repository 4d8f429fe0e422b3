import Administration
import ArgumentParser
import Store

struct CatalogueCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalogue", abstract: "The catalogue: connectors, widgets and endpoints.",
    discussion: """
      Connectors and lists are imported: from what services publish by popsec catalogue import, or by popsec \
      apply. Widgets and endpoints can be added and changed by hand, too.
      """,
    subcommands: [
      CatalogueOverview.self, CatalogueShow.self, CatalogueImportCommand.self, WidgetCommand.self,
      EndpointCommand.self,
    ])
}

struct CatalogueOverview: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List connectors, widgets and endpoints.",
    discussion: """
      Examples:
        popsec catalogue list
        popsec catalogue list --json
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var filter: WhereOptions<WhereCatalogue>

  func run() throws {
    try global.run { session in
      let written = try filter.written()
      let catalogue = try session.find { finder in
        try CatalogueRecord(finder.reader, where: try finder.conditions.all(written))
      }
      if session.isForPrograms { return try session.output.value(catalogue) }
      try session.output.table(catalogue.connectors)
      try tell(catalogue.widgets, session.output)
      try tell(catalogue.endpoints, session.output)
    }
  }

  private func tell<Row: Record>(_ rows: [Row], _ output: Output) throws {
    guard !rows.isEmpty else { return }
    try output.line()
    try output.table(rows)
  }
}

struct CatalogueShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a connector's companies and lists.",
    discussion: """
      Examples:
        popsec catalogue show 'Business Central'
        popsec catalogue show 'Business Central' --json
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The connector's name.", completion: .names(.connectors))
  var connector: String

  func run() throws {
    try global.run { session in
      let catalogue = try session.find { try $0.reader.catalogue(of: try $0.connector(connector)) }
      try session.show(ConnectorRecord(catalogue: catalogue)) { record in
        try session.output.line()
        try session.output.table(record.lists)
      }
    }
  }
}
