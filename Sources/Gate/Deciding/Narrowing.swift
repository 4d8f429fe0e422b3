internal import Access
internal import Administration

/// What the query parameters of a request narrow it to, by the names that the widget gives them.
struct Narrowing {
  var company: Reference<Company>?
  var list: Reference<CatalogueList>?
  var item: CheckRequest.ItemReference?

  init(_ query: AddressQuery, parameters: [WidgetParameter: String]) throws(GateProblem) {
    for parameter in WidgetParameter.allCases {
      guard let name = parameters[parameter] else { continue }
      let values = query.values(of: name)
      guard let value = values.first else {
        guard query.count(alike: name) == 0 else { throw .repeatedParameter }
        continue
      }
      guard query.count(alike: name) == 1 else { throw .repeatedParameter }
      // What is no text can't be the name of anything, and is denied as such.
      let text = String(validating: value, as: UTF8.self) ?? ""
      switch parameter {
      case .company: company = Reference(text: text)
      case .list: list = Reference(text: text)
      case .action: try add(.action, text)
      case .detail: try add(.detail, text)
      case .listAction: try add(.listAction, text)
      }
    }
  }

  private mutating func add(_ kind: ItemKind, _ text: String) throws(GateProblem) {
    guard item == nil else { throw .severalItems }
    item = CheckRequest.ItemReference(kind, Reference(text: text))
  }
}
