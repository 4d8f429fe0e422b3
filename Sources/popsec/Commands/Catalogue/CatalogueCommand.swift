import ArgumentParser

struct CatalogueCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalogue", abstract: "The catalogue: connectors, widgets and endpoints.",
    discussion: "It is imported with popsec apply.",
    subcommands: [CatalogueOverview.self, CatalogueShow.self])
}
