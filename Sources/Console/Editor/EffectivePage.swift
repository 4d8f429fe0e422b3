import Access
import Administration
import Store
import Terminal

/// A row of the tree of what somebody may see.
struct AccessTreeRow: ListRow {
  let id: AccessOverview.Node
  let cursor: Int
  let depth: Int
  let row: AccessOverview.Row
  let isExpanded: Bool
  let by: String

  var text: String {
    let mark = row.hasChildren ? (isExpanded ? "- " : "+ ") : "  "
    return String(repeating: "  ", count: depth) + mark + row.title
  }
}

/// The page *Effective access*: everything that a user, an API user or a team may see, and who gave it.
struct EffectivePage: EditorPage {
  enum Message: Sendable {
    case rows(LoadedList<AccessTreeRow>.Message)
    case loaded(Result<AccessOverview, Problem>)
    case expand, collapse, toggle, why, likely
    case request(Result<CheckRequest?, Problem>)
  }

  private let subject: SubjectID
  private let context: ConsoleContext
  private var overview: AccessOverview?
  private var problem: Problem?
  private var expanded: Set<AccessOverview.Node> = []
  private(set) var rows: LoadedList<AccessTreeRow>

  /// Trees of at most so many companies are shown with all their lists at first.
  private static let unfoldedCompanies = 4
  /// The lines above the tree.
  private static let headingRows = 3

  init(of subject: SubjectID, context: ConsoleContext) {
    self.subject = subject
    self.context = context
    let list = WindowedList<AccessTreeRow>(
      columns: [
        ListColumn("what", "What", width: .flexible(least: 20, weight: 3)) {
          ListCell($0.text, $0.row.isReachable ? .plain : .muted)
        },
        ListColumn("by", "Given by", width: .flexible(least: 14, weight: 2), priority: 1) {
          ListCell($0.row.isReachable ? $0.by : $0.by + ", not reachable", .muted)
        },
      ], emptyLine: "Nothing was given: tick lists on a connector's pages, or add it to a team",
      filterPlaceholder: "part of a name")
    rows = LoadedList(
      list, source: AccessTree.source(nil, expanded: []), headingRows: Self.headingRows)
  }

  var title: String { "Effective access" }
  var hasPendingChanges: Bool { false }
  mutating func save() -> Effect<Self> { .none }
  mutating func discard() -> Effect<Self> { .none }

  var bindings: [KeyBinding<Message>] {
    guard !rows.list.isTyping else { return rows.list.bindings.map { $0.map { .rows(.list($0)) } } }
    var bindings: [KeyBinding<Message>] = []
    if let row = rows.selected {
      bindings.append(KeyBinding(.enter, hint: "why", help: "why it may see this", message: .why))
      if row.row.hasChildren, !row.isExpanded {
        bindings.append(
          KeyBinding(.right, "l", "+", hint: "unfold", group: "Tree", isHinted: false, message: .expand))
      }
      if foldable(row) != nil {
        bindings.append(
          KeyBinding(.left, "-", hint: "fold", group: "Tree", isHinted: false, message: .collapse))
      }
      if row.row.hasChildren {
        bindings.append(
          KeyBinding(" ", hint: "unfold", help: "unfold or fold", group: "Tree", message: .toggle))
      }
    }
    bindings.append(
      KeyBinding("w", hint: "why not", help: "ask about anything that it may not see", message: .likely))
    return bindings + rows.list.bindings.map { $0.map { .rows(.list($0)) } }
  }

  func typed(_ input: TextInput) -> Message? { rows.list.typed(input).map { .rows(.list($0)) } }
  mutating func layout(in bounds: Rect) -> Effect<Self> { rows.layout(in: bounds) { .rows($0) } }
  mutating func appear() -> Effect<Self> { read() }
  mutating func reappear() -> Effect<Self> { read() }

  private func read() -> Effect<Self> {
    .run("reading what it may see", cancelling: "overview") { [context, subject] in
      .loaded(Problem.catching { try context.administration.overview(of: subject) })
    }
  }

  mutating func update(_ message: Message) -> Effect<Self> {
    switch message {
    case .rows(let message):
      return rows.update(message, { Message.rows($0) }).effect
    case .loaded(.success(let overview)):
      if self.overview == nil { expanded = AccessTree.unfolded(overview, companies: Self.unfoldedCompanies) }
      self.overview = overview
      problem = nil
      return refresh()
    case .loaded(.failure(let problem)):
      self.problem = problem
      return .none
    case .expand: return fold(rows.selected?.id, isExpanded: true)
    case .collapse: return fold(rows.selected.flatMap(foldable), isExpanded: false)
    case .toggle: return rows.selected.map { fold($0.id, isExpanded: !$0.isExpanded) } ?? .none
    case .why: return why()
    case .likely:
      return .run("reading") { [context, subject] in
        .request(WhyScreen.likelyRequest(of: subject, context: context))
      }
    case .request(let result): return WhyScreen.open(result, context)
    }
  }

  /// The row to fold: the selected one, or the one that it belongs to.
  private func foldable(_ row: AccessTreeRow) -> AccessOverview.Node? {
    row.isExpanded ? row.id : row.id.parent
  }

  private mutating func fold(_ node: AccessOverview.Node?, isExpanded: Bool) -> Effect<Self> {
    guard let node else { return .none }
    if isExpanded { expanded.insert(node) } else { expanded.remove(node) }
    let effect = refresh()
    _ = rows.list.update(.select(node))
    return effect
  }

  private mutating func refresh() -> Effect<Self> {
    rows.source = AccessTree.source(overview, expanded: expanded)
    return rows.reload { .rows($0) }
  }

  private func why() -> Effect<Self> {
    guard let overview, let node = rows.selected?.id else { return .none }
    return .open(WhyScreen(overview.request(for: node), context: context))
  }

  func draw(on frame: inout Frame<Message>) {
    let (heading, rest) = frame.bounds.splitTop(Self.headingRows)
    if let problem {
      frame.put("✗ " + problem.line, in: heading, style: Style(.danger, .bold))
      return
    }
    for (offset, line) in headingLines.enumerated() {
      let place = Rect(column: heading.column, row: heading.row + offset, columns: heading.columns, rows: 1)
      frame.put(line.0, in: place, style: line.1)
    }
    frame.child(rest, { .rows($0) }) { rows.draw(on: &$0) }
  }

  private var headingLines: [(String, Style)] {
    guard let overview else { return [("Effective access", .bold)] }
    guard overview.subject.isEnabled else {
      return [("Effective access", .bold), ("✗ disabled: nothing is allowed", Style(.danger, .bold))]
    }
    return [("Effective access", .bold)]
      + SurfaceKind.allCases.map { surface in
        guard let role = overview.role(opening: surface) else {
          return ("– \(surface.title): closed, no role opens them", .muted)
        }
        let own = role.holder == overview.subject.subject
        let holder = own ? "its own" : "of \(overview.names.title(role.holder))"
        return ("✓ \(surface.title): open, by \(overview.names.name(role.role)), \(holder)", .plain)
      }
  }
}

/// The tree as rows of a list.
enum AccessTree {
  /// With a filter, at most so many rows that match are found.
  private static let mostMatches = 1_000

  static func source(
    _ overview: AccessOverview?, expanded: Set<AccessOverview.Node>
  ) -> LoadedList<AccessTreeRow>.Source {
    LoadedList.Source("unfolding") { request in
      guard let overview else { return .success(ListPage(rows: [], hasBefore: false, hasAfter: false)) }
      return .success(request.page(of: rows(of: overview, expanded, filter: SearchText(request.filter))))
    }
  }

  /// All connectors unfolded, and companies where there are few.
  static func unfolded(_ overview: AccessOverview, companies limit: Int) -> Set<AccessOverview.Node> {
    var nodes = Set(overview.roots.map(\.node))
    for root in overview.roots {
      let children = overview.children(of: root.node)
      if children.count <= limit { nodes.formUnion(children.filter(\.hasChildren).map(\.node)) }
    }
    return nodes
  }

  static func rows(
    of overview: AccessOverview, _ expanded: Set<AccessOverview.Node>, filter: SearchText?
  ) -> [AccessTreeRow] {
    var rows: [AccessTreeRow] = []
    var matches = 0
    for root in overview.roots {
      add(root, depth: 0, overview, expanded, filter, to: &rows, &matches)
    }
    return rows.enumerated().map { index, row in
      AccessTreeRow(
        id: row.id, cursor: index, depth: row.depth, row: row.row, isExpanded: row.isExpanded, by: row.by)
    }
  }

  /// Adds a row and what is unfolded below it; with a filter what matches, and what that belongs to.
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
        id: row.node, cursor: 0, depth: depth, row: row, isExpanded: descends,
        by: row.givers.isEmpty ? "" : overview.words(row.givers)))
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
  /// The node that it hangs on; nil for a connector.
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
  /// What to ask so that it is explained why a node may be seen: by the API where that is open, else by an
  /// enabled widget with the list.
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

  private var asker: CheckRequest.Asker {
    switch subject.subject {
    case .team(let id): .team(.id(id))
    case .account(let id): .account(AccountReference(subject.kind ?? .apiUser, .id(id)))
    }
  }

  private func firstPair(on connector: ConnectorID, company: CompanyID?) -> AccessPair? {
    guard let part = part(connector) else { return nil }
    let company = company ?? part.access.companies(of: part.catalogue)?.first
    return part.access.lists(of: company, in: part.catalogue).first.map {
      AccessPair(company: company, list: $0)
    }
  }
}
