import ArgumentParser

struct CatalogueCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalogue", abstract: "The catalogue: connectors, widgets and endpoints.",
    discussion: "It is imported: from what services publish by popsec catalogue import, or by popsec apply.",
    subcommands: [CatalogueOverview.self, CatalogueShow.self, CatalogueImportCommand.self])
}
