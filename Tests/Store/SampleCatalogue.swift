import Access
import Store

/// A connector with two companies, two lists, and an item of each kind on the first list; a
/// widget on both lists and an endpoint on the first.
struct SampleCatalogue {
  let connector: Connector
  let companies: [Company]
  let lists: [CatalogueList]
  let items: [Item]
  let widget: Widget
  let endpoint: Endpoint

  init(_ name: String = "Business Central") throws {
    let connector = Connector(id: .random(), name: try Name(name))
    let lists = try ["Sales Orders", "Customers"].map {
      CatalogueList(
        id: .random(), connector: connector.id, name: try Name($0),
        group: $0 == "Customers" ? nil : try Name("Sales"))
    }
    self.connector = connector
    self.lists = lists
    companies = try ["MX", "US"].map { Company(id: .random(), connector: connector.id, name: try Name($0)) }
    items = try ItemKind.allCases.map {
      Item(id: .random(), list: lists[0].id, kind: $0, name: try Name("the \($0.rawValue)"))
    }
    widget = Widget(
      id: .random(), name: try Name("Sales \(name)"),
      address: try Address("https://example.com/\(name.count)"),
      connector: connector.id, lists: Set(lists.map(\.id)), isEnabled: false, isOpen: true,
      parameters: [.company: "company", .list: "l"])
    endpoint = Endpoint(
      id: .random(), name: try Name("orders \(name)"),
      address: try AddressTemplate("https://example.com/api/{id}"), match: .exact,
      methods: [.get, try Sample.some(HTTPMethod(rawValue: "POST"))], connector: connector.id,
      list: lists[0].id)
  }

  func insert(into writer: any StoreWriter) throws {
    try writer.insert(connector)
    for company in companies { try writer.insert(company) }
    for list in lists { try writer.insert(list) }
    for item in items { try writer.insert(item) }
    try writer.insert(widget)
    try writer.insert(endpoint)
  }

  /// All of it, set by set.
  var everything: Permissions {
    var permissions = Permissions(
      roles: [.user, .reader], companies: .only(Set(companies.map(\.id))), lists: .only(Set(lists.map(\.id))))
    for item in items { permissions[item.kind] = .only([ListItem(list: item.list, item: item.id)]) }
    return permissions
  }
}
