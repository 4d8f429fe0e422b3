import Access
import Administration
import Store

/// A list, or an item of a list, that only one of two subjects may see.
struct DifferenceRecord: Record {
  let only: AccessOverview
  let catalogue: ConnectorCatalogue
  let part: AccessDifference.Part

  private var item: Item? {
    guard case .item(let id) = part.kind else { return nil }
    return catalogue.items[part.list]?.first { $0.id == id }
  }

  private var list: String { catalogue.listIndex[part.list]?.name.text ?? part.list.description }

  private var companies: [String]? {
    catalogue.companies.isEmpty
      ? nil
      : part.companies.compactMap { $0 }.map { catalogue.companyIndex[$0]?.name.text ?? $0.description }
  }

  static let columns: [Column<Self>] = [
    // As in `apiUser:Portal Mexico`.
    Column("only", "Only") { $0.only.names.reference($0.only.subject.subject) },
    Column("connector", "Connector") { $0.catalogue.connector.name.text },
    Column("list", "List") { $0.list },
    // The item is null where the list itself is meant.
    .data("itemKind") { $0.item?.kind.rawValue },
    Column("item", "Item", { $0.item?.name.text }) { record in
      record.item.map { "\($0.kind.singular) \($0.name.text)" } ?? ""
    },
    // Whether both are given the list, and only one has an open surface that leads there.
    Column("onlyReachable", "Note", { $0.part.kind == .reach }) { $0.part.kind == .reach ? "reachable" : "" },
    // The value is null on a connector without companies.
    Column("companies", "Companies", { $0.companies }) { $0.companies?.joined(separator: ", ") ?? "–" },
  ]
}

extension Session {
  /// Prints what only one of two subjects may see, connector by connector.
  func tellDifference(of subject: NamedSubject, to argument: String, at instant: Timestamp) throws {
    let other = try find { try $0.subject(argument, preferring: subject.kind).id }
    let comparison = try administration.comparison(of: subject.id, with: other, at: instant)
    try list { try differencePages(comparison, $0) }
  }

  private func differencePages(
    _ comparison: AccessComparison, _ body: ([DifferenceRecord]) throws -> Void
  ) throws {
    for catalogue in comparison.catalogues {
      let parts = comparison.difference(on: catalogue).parts(in: catalogue.whole)
      let first = parts.onlyFirst.map {
        DifferenceRecord(only: comparison.first, catalogue: catalogue, part: $0)
      }
      let second = parts.onlySecond.map {
        DifferenceRecord(only: comparison.second, catalogue: catalogue, part: $0)
      }
      try body(first + second)
    }
  }
}
