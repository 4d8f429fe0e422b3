package import Access
package import Store

/// What one subject has of a connector and another has not, in words.
package struct DifferenceWords {
  /// As many companies are named; of more, how many.
  private static let namedCompanies = 8

  private let catalogue: ConnectorCatalogue

  package init(_ catalogue: ConnectorCatalogue) { self.catalogue = catalogue }

  /// As in `Sales Orders: MX, US`, and `Sales Orders, action Release order: all 12 companies`.
  package func text(_ part: AccessDifference.Part) -> String {
    let places = companies(part.companies)
    return title(part) + (places.isEmpty ? "" : ": \(places)")
  }

  private func title(_ part: AccessDifference.Part) -> String {
    let list = catalogue.listIndex[part.list]?.name.text ?? part.list.description
    switch part.kind {
    case .list: return list
    case .reach: return "\(list), given to both, reachable for this one only"
    case .item(let id):
      let item = catalogue.items[part.list]?.first { $0.id == id }
      return "\(list), \(item.map { "\($0.kind.singular) \($0.name.text)" } ?? id.description)"
    }
  }

  private func companies(_ companies: [CompanyID?]) -> String {
    let ids = companies.compactMap { $0 }
    let count = catalogue.companies.count
    if ids.count == count, count > 2 { return "all \(count.grouped) companies" }
    let names = ids.prefix(Self.namedCompanies).map {
      catalogue.companyIndex[$0]?.name.text ?? $0.description
    }
    let more = ids.count - names.count
    return names.joined(separator: ", ") + (more > 0 ? " and \(more.grouped) more" : "")
  }
}
