import Access
import Store
import Terminal

/// The rows and columns of the access matrix of one connector: its lists, group by group, and its companies.
struct MatrixAxes: Sendable {
  enum Row: Hashable, Sendable {
    /// The name of a group of lists.
    case group(String)
    case list(ListID, name: String)
  }

  struct Column: Hashable, Sendable {
    /// The company; nil in the only column of a connector without companies.
    let company: CompanyID?
    let name: String
    /// The name without what the names of all companies have in common.
    let short: String
  }

  let connector: ConnectorID
  let name: String
  let rows: [Row]
  let columns: [Column]
  let listCount: Int
  /// The cells that the longest name of a list takes, and the longest short name of a company.
  let widestRow: Int
  let widestColumn: Int

  /// - Parameter isShown: whether a list has a row.
  init(_ catalogue: ConnectorCatalogue, isShown: (ListID) -> Bool) {
    let lists = catalogue.lists.filter { isShown($0.id) }
    connector = catalogue.id
    name = catalogue.connector.name.text
    rows = Self.rows(lists)
    let names = catalogue.companies.map(\.name.text)
    let named = zip(catalogue.companies, zip(names, DistinctNames.of(names)))
    columns =
      names.isEmpty
      ? [Column(company: nil, name: "", short: "no companies")]
      : named.map { Column(company: $0.id, name: $1.0, short: $1.1) }
    listCount = lists.count
    widestRow = catalogue.lists.map { cellWidth(of: $0.name.text) }.max() ?? 0
    widestColumn = columns.map { cellWidth(of: $0.short) }.max() ?? 0
  }

  private static func rows(_ lists: [CatalogueList]) -> [Row] {
    // Lists without a group come last. They need a heading only where other lists have one.
    let hasGroups = lists.contains { $0.group != nil }
    var rows: [Row] = []
    var group: Name??
    for list in lists {
      if hasGroups, group != .some(list.group) { rows.append(.group(list.group?.text ?? "No group")) }
      group = .some(list.group)
      rows.append(.list(list.id, name: list.name.text))
    }
    return rows
  }

  /// The list in a row; nil for the heading of a group.
  func list(inRow row: Int) -> ListID? {
    guard rows.indices.contains(row), case .list(let id, _) = rows[row] else { return nil }
    return id
  }

  func pair(row: Int, column: Int) -> AccessPair? {
    guard columns.indices.contains(column) else { return nil }
    return list(inRow: row).map { AccessPair(company: columns[column].company, list: $0) }
  }

  /// How many lists stand in the rows up to this one.
  func listNumber(ofRow row: Int) -> Int {
    rows.prefix(row + 1).count { if case .list = $0 { true } else { false } }
  }
}
