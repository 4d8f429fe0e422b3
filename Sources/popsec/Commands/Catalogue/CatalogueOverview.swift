import ArgumentParser

struct CatalogueOverview: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List connectors, widgets and endpoints.")

  @OptionGroup var global: GlobalOptions

  func run() throws {
    try global.run { session in
      let catalogue = try session.read(CatalogueRecord.init)
      if session.wantsJSON { return try session.output.json(catalogue) }
      try connectors(catalogue, session.output)
      if !catalogue.widgets.isEmpty { try widgets(catalogue, session.output) }
      if !catalogue.endpoints.isEmpty { try endpoints(catalogue, session.output) }
    }
  }

  private func connectors(_ catalogue: CatalogueRecord, _ output: Output) throws {
    var table = TextTable(output, "Connector", "Companies", "Lists", "Items")
    try table.add(
      catalogue.connectors.map { [$0.name, String($0.companies), String($0.lists), String($0.items)] })
  }

  private func widgets(_ catalogue: CatalogueRecord, _ output: Output) throws {
    try output.line()
    var table = TextTable(output, "Widget", "Connector", "State", "Lists", "Address")
    try table.add(
      catalogue.widgets.map {
        let state = $0.enabled ? ($0.open ? "open" : "enabled") : "disabled"
        return [$0.name, $0.connector, state, String($0.lists.count), $0.url]
      })
  }

  private func endpoints(_ catalogue: CatalogueRecord, _ output: Output) throws {
    try output.line()
    var table = TextTable(output, "Endpoint", "Connector", "State", "List", "Methods", "Match", "Address")
    try table.add(
      catalogue.endpoints.map {
        [
          $0.name, $0.connector, $0.enabled ? "enabled" : "disabled", $0.list,
          $0.methods.joined(separator: " "), $0.match, $0.url,
        ]
      })
  }
}
