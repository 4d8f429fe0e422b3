import Access
import Administration
import ArgumentParser
import Store

/// The choice between widgets and endpoints. Each command that is the same for both is written once.
protocol PlaceChoice: Sendable {
  associatedtype Place: CataloguePlace
  static var noun: String { get }
  static var withArticle: String { get }
  static var completion: CompletionKind { get }
  static func find(_ name: String, _ finder: Finder) throws -> Place
}

enum OfWidgets: PlaceChoice {
  static let noun = "widget"
  static let withArticle = "a widget"
  static let completion = CompletionKind.names(.widgets)
  static func find(_ name: String, _ finder: Finder) throws -> Widget { try finder.widget(name) }
}

enum OfEndpoints: PlaceChoice {
  static let noun = "endpoint"
  static let withArticle = "an endpoint"
  static let completion = CompletionKind.names(.endpoints)
  static func find(_ name: String, _ finder: Finder) throws -> Endpoint { try finder.endpoint(name) }
}

struct WidgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "widget", abstract: "Add, change and remove widgets by hand.",
    discussion:
      "catalogue list shows them. popsec apply sets them as a file says, and removes what it lacks.",
    subcommands: [
      WidgetAdd.self, WidgetSet.self, PlaceEnable<OfWidgets>.self, PlaceDisable<OfWidgets>.self,
      PlaceRemove<OfWidgets>.self,
    ])
}

struct EndpointCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "endpoint", abstract: "Add, change and remove endpoints by hand.",
    discussion:
      "catalogue list shows them. popsec apply sets them as a file says, and removes what it lacks.",
    subcommands: [
      EndpointAdd.self, EndpointSet.self, PlaceEnable<OfEndpoints>.self, PlaceDisable<OfEndpoints>.self,
      PlaceRemove<OfEndpoints>.self,
    ])
}

struct PlaceEnable<Of: PlaceChoice>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "enable", abstract: "Enable \(Of.withArticle) again.",
      discussion: """
        The effect on what tokens open is shown first, and the command asks.

        Examples:
          popsec catalogue \(Of.noun) enable NAME --dry-run
          popsec catalogue \(Of.noun) enable NAME --yes
        """)
  }

  @OptionGroup var global: GlobalOptions

  @Argument(help: "Its name.", completion: Of.completion)
  var name: String

  @OptionGroup var change: ChangeOptions

  func run() throws {
    try global.run { session in
      try session.make(change, asking: "enable this \(Of.noun)") { change in
        try change.setEnabled(true, try Of.find(name, change.finder))
      }
    }
  }
}

struct PlaceDisable<Of: PlaceChoice>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "disable", abstract: "Disable \(Of.withArticle): nothing opens it until it is enabled.",
      discussion: """
        The command doesn't ask.

        Examples:
          popsec catalogue \(Of.noun) disable NAME --dry-run
          popsec catalogue \(Of.noun) disable NAME
        """)
  }

  @OptionGroup var global: GlobalOptions

  @Argument(help: "Its name.", completion: Of.completion)
  var name: String

  @OptionGroup var change: ChangeOptions

  func run() throws {
    try global.run { session in
      try session.make(change, asking: { _ in .none }) { change in
        try change.setEnabled(false, try Of.find(name, change.finder))
      }
    }
  }
}

struct PlaceRemove<Of: PlaceChoice>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "remove", abstract: "Remove \(Of.withArticle) from the catalogue.",
      discussion: """
        The effect on what tokens open is shown first, and the command asks.

        Examples:
          popsec catalogue \(Of.noun) remove NAME --dry-run
          popsec catalogue \(Of.noun) remove NAME --yes
        """)
  }

  @OptionGroup var global: GlobalOptions

  @Argument(help: "Its name.", completion: Of.completion)
  var name: String

  @OptionGroup var change: ChangeOptions

  func run() throws {
    try global.run { session in
      let note = TakingBack.deleting(Of.Place.kind, days: session.administration.retentionDays)
      let what = "remove this \(Of.noun)"
      try session.make(change, asking: { .name(what, $0.result.name, note: note) }) { change in
        let place = try Of.find(name, change.finder)
        try change.delete(place)
        return place
      }
    }
  }
}
