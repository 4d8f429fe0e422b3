import Access
import Administration
import Store

/// A row of the tree of what a subject may see.
struct AccessTreeRow: Identifiable, Sendable {
  let id: AccessOverview.Node
  let depth: Int
  let row: AccessOverview.Row
  let isExpanded: Bool
  /// The givers in words, each with its end where there are several.
  var by = ""
  /// The givers in words, without their ends.
  var givers = ""

  var text: String {
    let mark = row.hasChildren ? (isExpanded ? "- " : "+ ") : "  "
    return String(repeating: "  ", count: depth) + mark + row.title
  }

  /// The node to fold: the row itself where it is unfolded, otherwise its parent.
  var foldable: AccessOverview.Node? { isExpanded ? id : id.parent }
}

/// The tree as rows of a list.
enum AccessTree {
  /// The most matching rows that are found with a filter.
  private static let mostMatches = 1_000

  static func source(
    _ overview: AccessOverview?, expanded: Set<AccessOverview.Node>, _ clock: Clock
  ) -> LoadedList<Numbered<AccessTreeRow>>.Source {
    .filtered("unfolding") { search in overview.map { rows(of: $0, expanded, filter: search, clock) } ?? [] }
  }

  /// The nodes that are unfolded at first: all connectors, and the companies where there are at most `limit`.
  static func unfolded(_ overview: AccessOverview, companies limit: Int) -> Set<AccessOverview.Node> {
    var nodes = Set(overview.roots.map(\.node))
    for root in overview.roots {
      let children = overview.children(of: root.node)
      if children.count <= limit { nodes.formUnion(children.filter(\.hasChildren).map(\.node)) }
    }
    return nodes
  }

  static func rows(
    of overview: AccessOverview, _ expanded: Set<AccessOverview.Node>, filter: SearchText?,
    _ clock: Clock
  ) -> [AccessTreeRow] {
    var rows: [AccessTreeRow] = []
    var matches = 0
    for root in overview.roots {
      add(root, depth: 0, overview, expanded, filter, to: &rows, &matches)
    }
    let times = clock.shortWords
    return rows.map { row in
      var row = row
      // The end of what has one giver stands in a column of its own.
      let givers = row.row.givers
      row.givers = overview.words(givers, nil)
      row.by = givers.count > 1 ? overview.words(givers, times) : row.givers
      return row
    }
  }

  /// Adds a row, and the rows below it where it is unfolded. With a filter it adds the matching rows, and the
  /// rows above them.
  private static func add(
    _ row: AccessOverview.Row, depth: Int, _ overview: AccessOverview,
    _ expanded: Set<AccessOverview.Node>, _ filter: SearchText?, to rows: inout [AccessTreeRow],
    _ matches: inout Int
  ) {
    let isMatch = filter?.matches(row.title) ?? true
    let place = rows.count
    let descends = row.hasChildren && (filter == nil ? expanded.contains(row.node) : matches < mostMatches)
    rows.append(
      AccessTreeRow(
        id: row.node, depth: depth, row: row, isExpanded: descends))
    if isMatch { matches += 1 }
    if descends {
      for child in overview.children(of: row.node) {
        add(child, depth: depth + 1, overview, expanded, filter, to: &rows, &matches)
      }
    }
    if !isMatch, rows.count == place + 1 { rows.removeLast() }
  }
}

extension AccessOverview.Node {
  /// The parent of the node; nil for a connector.
  var parent: AccessOverview.Node? {
    switch self {
    case .connector: nil
    case .company(let connector, _): .connector(connector)
    case .list(let connector, let pair):
      pair.company.map { .company(connector, $0) } ?? .connector(connector)
    case .item(let connector, let pair, _): .list(connector, pair)
    }
  }
}

extension AccessOverview {
  /// The request whose explanation tells why a node may be seen. It uses the API where this is open,
  /// otherwise an enabled widget with the list.
  func request(for node: Node) -> CheckRequest {
    let (connector, pair, item): (ConnectorID, AccessPair?, ItemID?) =
      switch node {
      case .connector(let id): (id, firstPair(on: id, company: nil), nil)
      case .company(let id, let company): (id, firstPair(on: id, company: company), nil)
      case .list(let id, let pair): (id, pair, nil)
      case .item(let id, let pair, let item): (id, pair, item)
      }
    let list = pair?.list
    let widget = widgets.first { widget in
      widget.isEnabled && widget.connector == connector && list.map(widget.lists.contains) ?? true
    }
    let surface: CheckRequest.Surface =
      role(opening: .api) == nil
      ? widget.map { .widget(.id($0.id)) } ?? .api(.id(connector)) : .api(.id(connector))
    let kind = item.flatMap { names.items[$0]?.kind }
    return CheckRequest(
      asker: asker, surface: surface, company: pair?.company.map { .id($0) }, list: list.map { .id($0) },
      item: kind.flatMap { kind in item.map { CheckRequest.ItemReference(kind, .id($0)) } })
  }

  private var asker: CheckRequest.Asker { CheckRequest.Asker(subject.subject, subject.kind) }

  private func firstPair(on connector: ConnectorID, company: CompanyID?) -> AccessPair? {
    guard let part = part(connector) else { return nil }
    let whole = part.catalogue.whole
    let company = company ?? part.access.companies(of: whole)?.first
    return part.access.lists(of: company, in: whole).first.map {
      AccessPair(company: company, list: $0)
    }
  }
}
