import Access
import Administration
import ArgumentParser
import Store

/// What a command says about a widget. What is not said stays, or has its default.
struct WidgetOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The address, as in https://portal.example.com/sales.", valueName: "address"))
  var url: String?

  @Option(
    help: ArgumentHelp("The connector of its lists.", valueName: "name"), completion: .names(.connectors))
  var connector: String?

  @Option(
    help: ArgumentHelp("A list that it shows; may be given again.", valueName: "name"),
    completion: .names(.lists))
  var list: [String] = []

  @Option(
    help: ArgumentHelp(
      "A query parameter that narrows a request, as in company=tenant; may be given again.",
      discussion: "What it can narrow: company, list, action, detail, listAction.", valueName: "part=name"))
  var parameter: [String] = []

  @Flag(inversion: .prefixedNo, help: "Show it without a token, to anybody.")
  var open: Bool?

  var isEmpty: Bool { url == nil && connector == nil && list.isEmpty && parameter.isEmpty && open == nil }

  /// The widget with what is said of it.
  func changed(_ widget: Widget, _ finder: Finder) throws -> Widget {
    var becomes = widget
    if let url { becomes.address = try AddressArgument.address(url, Address.init) }
    if let connector { becomes.connector = try finder.connector(connector).id }
    if !list.isEmpty {
      let parts = try finder.parts(of: becomes.connector)
      becomes.lists = Set(try list.map(parts.list))
    }
    if !parameter.isEmpty { becomes.parameters = try AddressArgument.parameters(parameter) }
    if let open { becomes.isOpen = open }
    return becomes
  }
}

struct WidgetAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add a widget.",
    discussion: """
      The effect on what tokens open is shown first, and the command asks.

      Examples:
        popsec catalogue widget add Sales --connector CRM --list Leads \\
          --url https://portal.example.com/sales
        popsec catalogue widget add Map --connector GIS --list Sites \\
          --url https://m.example.com/ --parameter company=tenant --yes
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The widget's name.")
  var name: String

  @OptionGroup var options: WidgetOptions

  @Flag(help: "Add it disabled.")
  var disabled = false

  @OptionGroup var change: ChangeOptions

  func validate() throws {
    guard options.url != nil, options.connector != nil, !options.list.isEmpty else {
      throw ValidationError("a widget needs --url, --connector and --list")
    }
  }

  func run() throws {
    let name = try Name(argument: name)
    let address = try AddressArgument.address(options.url ?? "", Address.init)
    try global.run { session in
      try session.make(change, asking: "add this widget") { change in
        let connector = try change.finder.connector(options.connector ?? "").id
        let plain = Widget(
          id: .random(), name: name, address: address, connector: connector, lists: [], isEnabled: !disabled)
        try change.addPlace(try options.changed(plain, change.finder))
      }
    }
  }
}

struct WidgetSet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Change a widget.",
    discussion: """
      The effect on what tokens open is shown first, and the command asks. \
      Each kind that is named is set to what is named; the others stay.

      Examples:
        popsec catalogue widget set Sales --name 'Sales MX'
        popsec catalogue widget set Sales --list Leads --list Accounts --dry-run
        popsec catalogue widget set Sales --no-open --yes
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The widget's name.", completion: .names(.widgets))
  var name: String

  @Option(name: .customLong("name"), help: ArgumentHelp("Its new name.", valueName: "name"))
  var newName: String?

  @OptionGroup var options: WidgetOptions
  @OptionGroup var change: ChangeOptions

  func validate() throws {
    guard newName != nil || !options.isEmpty else { throw ValidationError("say what to change") }
    guard options.connector == nil || !options.list.isEmpty else {
      throw ValidationError("--connector needs --list, because lists belong to one connector")
    }
  }

  func run() throws {
    let newName = try newName.map { try Name(argument: $0) }
    try global.run { session in
      try session.make(change, asking: "change this widget") { change in
        let was = try change.finder.widget(name)
        var becomes = try options.changed(was, change.finder)
        if let newName { becomes.name = newName }
        var general = was
        (general.name, general.isOpen) = (becomes.name, becomes.isOpen)
        // Who works with widgets may rename and open them without the right to change the catalogue.
        guard general == becomes else { return try change.savePlace(becomes, was: was) }
        try change.saveGeneral(was.id, Edit(was: WidgetGeneral(was), becomes: WidgetGeneral(becomes)))
      }
    }
  }
}

extension Finder {
  /// All that a connector has, to find its parts by name.
  func parts(of connector: ConnectorID) throws -> CatalogueParts {
    guard let connector = try reader.connector(connector) else {
      throw AdministrationError.missing(kind: "connector", name: connector.description)
    }
    return CatalogueParts(catalogue: try reader.catalogue(of: connector), finder: self)
  }
}
