import Access
import Administration
import ArgumentParser
import Store

/// What a command says about a widget. What is not said stays, or has its default.
struct WidgetOptions: PlaceOptions {
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

  var hasList: Bool { !list.isEmpty }

  func place(_ name: Name, isEnabled: Bool, _ finder: Finder) throws -> Widget {
    let plain = Widget(
      id: .random(), name: name, address: try AddressArgument.address(url ?? "", Address.init),
      connector: try finder.connector(connector ?? "").id, lists: [], isEnabled: isEnabled)
    return try changed(plain, finder)
  }

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

enum OfWidgets: PlaceChoice {
  typealias Options = WidgetOptions
  static let noun = "widget"
  static let completion = CompletionKind.names(.widgets)
  static let withArticle = "a widget"
  static let defaults = ""
  static let additions = [
    "Sales --connector CRM --list Leads \\\n      --url https://portal.example.com/sales",
    "Map --connector GIS --list Sites \\\n      --url https://m.example.com/ --parameter company=tenant --yes",
  ]
  static let settings = [
    "Sales --name 'Sales MX'", "Sales --list Leads --list Accounts --dry-run", "Sales --no-open --yes",
  ]

  static func find(_ name: String, _ finder: Finder) throws -> Widget { try finder.widget(name) }
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
