import Access
import Administration
import ArgumentParser
import Store

/// The choice between widgets and endpoints. Each command that is the same for both is written once.
protocol PlaceChoice: NamedChoice {
  associatedtype Options: PlaceOptions
  static var withArticle: String { get }
  /// What an added one has where nothing else is said, as a sentence; empty where nothing is to be said.
  static var defaults: String { get }
  /// The arguments of examples, each below the name of the command.
  static var additions: [String] { get }
  static var settings: [String] { get }
  static func find(_ name: String, _ finder: Finder) throws -> Options.Place
}

extension PlaceChoice {
  static var command: String { "catalogue \(noun)" }
  static var deleting: String { "remove" }
  static var deletion: String { "Remove \(withArticle) from the catalogue." }
  static var kind: DeletedKind { Options.Place.kind }

  static func delete(_ name: String, _ change: Change) throws -> Name {
    let place = try find(name, change.finder)
    try change.delete(place)
    return place.name
  }

  static func examples(_ verb: String, _ arguments: [String]) -> String {
    arguments.map { "  popsec \(command) \(verb) \($0)" }.joined(separator: "\n")
  }

  static func configuration(_ verb: String, _ abstract: String, _ words: String, _ arguments: [String])
    -> CommandConfiguration
  {
    CommandConfiguration(
      commandName: verb, abstract: abstract,
      discussion: "\(words)\n\nExamples:\n" + examples(verb, arguments))
  }

  static var group: CommandConfiguration {
    CommandConfiguration(
      commandName: noun, abstract: "Add, change and remove \(noun)s by hand.",
      discussion:
        "catalogue list shows them. popsec apply sets them as a file says, and removes what it lacks.",
      subcommands: [
        PlaceAdd<Self>.self, PlaceSet<Self>.self, PlaceEnable<Self>.self, PlaceDisable<Self>.self,
        NamedDelete<Self>.self,
      ])
  }
}

/// What a command says about a widget or an endpoint. What is not said stays, or has its default.
protocol PlaceOptions: ParsableArguments {
  associatedtype Place: CataloguePlace
  var url: String? { get }
  var connector: String? { get }
  /// Whether a list is named. A list belongs to one connector.
  var hasList: Bool { get }
  var isEmpty: Bool { get }

  /// Makes a new one with the address, the connector and the lists that are said.
  func place(_ name: Name, isEnabled: Bool, _ finder: Finder) throws -> Place
  /// Changes what is said.
  func changed(_ place: Place, _ finder: Finder) throws -> Place
}

struct WidgetCommand: ParsableCommand {
  static let configuration = OfWidgets.group
}

struct EndpointCommand: ParsableCommand {
  static let configuration = OfEndpoints.group
}

struct PlaceAdd<Of: PlaceChoice>: ParsableCommand {
  static var configuration: CommandConfiguration {
    Of.configuration(
      "add", "Add \(Of.withArticle).",
      "The effect on what tokens open is shown first, and the command asks. \(Of.defaults)", Of.additions)
  }

  @OptionGroup var global: GlobalOptions

  @Argument(help: "Its name.")
  var name: String

  @OptionGroup var options: Of.Options

  @Flag(help: "Add it disabled.")
  var disabled = false

  @OptionGroup var change: ChangeOptions

  func validate() throws {
    guard options.url != nil, options.connector != nil, options.hasList else {
      throw ValidationError("\(Of.withArticle) needs --url, --connector and --list")
    }
  }

  func run() throws {
    let name = try Name(argument: name)
    try global.run { session in
      try session.make(change, asking: "add this \(Of.noun)") { change in
        try change.addPlace(try options.place(name, isEnabled: !disabled, change.finder))
      }
    }
  }
}

struct PlaceSet<Of: PlaceChoice>: ParsableCommand {
  static var configuration: CommandConfiguration {
    Of.configuration(
      "set", "Change \(Of.withArticle).",
      """
      The effect on what tokens open is shown first, and the command asks. Each option sets what it names, and \
      what no option names stays.
      """, Of.settings)
  }

  @OptionGroup var global: GlobalOptions

  @Argument(help: "Its name.", completion: Of.completion)
  var name: String

  @Option(name: .customLong("name"), help: ArgumentHelp("Its new name.", valueName: "name"))
  var newName: String?

  @OptionGroup var options: Of.Options
  @OptionGroup var change: ChangeOptions

  func validate() throws {
    guard newName != nil || !options.isEmpty else { throw ValidationError("say what to change") }
    guard options.connector == nil || options.hasList else {
      throw ValidationError("--connector needs --list, because a list belongs to one connector")
    }
  }

  func run() throws {
    let newName = try newName.map { try Name(argument: $0) }
    try global.run { session in
      try session.make(change, asking: "change this \(Of.noun)") { change in
        let was = try Of.find(name, change.finder)
        var becomes = try options.changed(was, change.finder)
        if let newName { becomes.name = newName }
        try change.savePlace(becomes, was: was)
      }
    }
  }
}

struct PlaceEnable<Of: PlaceChoice>: ParsableCommand {
  static var configuration: CommandConfiguration {
    Of.configuration(
      "enable", "Enable \(Of.withArticle) again.",
      "The effect on what tokens open is shown first, and the command asks.",
      ["NAME --dry-run", "NAME --yes"])
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
    Of.configuration(
      "disable", "Disable \(Of.withArticle): nothing opens it until it is enabled.",
      "The command doesn't ask.", ["NAME --dry-run", "NAME"])
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
