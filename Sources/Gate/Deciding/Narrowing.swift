internal import Access
internal import Administration

/// The parts to which the query parameters narrow a request, by the names that the widget gives to its
/// parameters.
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
      // Bytes that are not text can't be a name, so the request is denied as one for an unknown name.
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
