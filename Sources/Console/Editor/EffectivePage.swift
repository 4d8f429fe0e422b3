import Access
import Administration
import Store
import Terminal

/// The page *Effective access*: everything that a user, an API user or a team may see, with its givers.
struct EffectivePage: EditorPage, ListScreen {
  enum Message: ListMessage {
    case rows(LoadedList<Numbered<AccessTreeRow>>.Message)
    case loaded(Result<AccessOverview, Problem>)
    case unfold(AccessOverview.Node)
    case fold(AccessOverview.Node)
  }

  let title = "Effective access"
  private let subject: SubjectID
  private let context: ConsoleContext
  private var overview: AccessOverview?
  private var expanded: Set<AccessOverview.Node> = []
  var rows: LoadedList<Numbered<AccessTreeRow>>

  /// The most companies with which a tree is shown with all lists at first.
  private static let unfoldedCompanies = 4

  init(of subject: SubjectID, context: ConsoleContext) {
    self.subject = subject
    self.context = context
    rows = LoadedList(
      WindowedList(
        columns: [
          ListColumn("what", "What", width: .flexible(least: 20, weight: 3)) {
            ListCell($0.text, $0.row.isReachable ? .plain : .muted)
          },
          ListColumn("by", "Given by", width: .flexible(least: 14, weight: 2), priority: 1) {
            ListCell($0.row.isReachable ? $0.by : $0.by + ", not reachable", .muted)
          },
        ], emptyLine: "Nothing was given: tick lists on a connector's pages, or add it to a team"),
      source: AccessTree.source(nil, expanded: []))
  }

  var actions: [KeyBinding<Message>] {
    let row = rows.selected?.value
    let hasChildren = row?.row.hasChildren ?? false
    var bindings = [onRow(.enter, hint: "why", help: "why it may see this") { why($0.id) }]
    if let row, hasChildren, !row.isExpanded {
      bindings.append(
        KeyBinding(
          .right, "l", "+", hint: "unfold", group: "Tree", isHinted: false, message: .unfold(row.id)))
    }
    if let node = row?.foldable {
      bindings.append(
        KeyBinding(.left, "-", hint: "fold", group: "Tree", isHinted: false, message: .fold(node)))
    }
    if let row, hasChildren {
      bindings.append(
        KeyBinding(
          " ", hint: "unfold", help: "unfold or fold", group: "Tree",
          message: row.isExpanded ? .fold(row.id) : .unfold(row.id)))
    }
    return bindings + [
      KeyBinding("w", hint: "why not", help: "ask about anything that it may not see") {
        context.why(subject)
      }
    ]
  }

  mutating func appear() -> Effect<Message> { read() }
  mutating func reappear() -> Effect<Message> { read() }

  private func read() -> Effect<Message> {
    .run("reading what it may see", cancelling: "overview") { [context, subject] in
      .loaded(Problem.catching { try context.administration.overview(of: subject) })
    }
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .rows(let message): return follow(message)
    case .loaded(.success(let overview)):
      if self.overview == nil { expanded = AccessTree.unfolded(overview, companies: Self.unfoldedCompanies) }
      self.overview = overview
      return refresh()
    case .loaded(.failure(let problem)):
      rows.source = .whole("unfolding") { throw problem }
      return reload()
    case .unfold(let node):
      expanded.insert(node)
      return refresh(selecting: node)
    case .fold(let node):
      expanded.remove(node)
      return refresh(selecting: node)
    }
  }

  private mutating func refresh(selecting node: AccessOverview.Node? = nil) -> Effect<Message> {
    rows.source = AccessTree.source(overview, expanded: expanded)
    let effect = reload()
    if let node { _ = rows.list.update(.select(node)) }
    return effect
  }

  private func why(_ node: AccessOverview.Node) -> Effect<Message> {
    guard let overview else { return .none }
    return .open(WhyScreen(overview.request(for: node), context: context))
  }

  var headingRows: Int { 1 + SurfaceKind.allCases.count }

  var heading: [ListCell] {
    let title = ListCell(title, .bold)
    guard let overview else { return [title] }
    guard overview.subject.isEnabled else {
      return [title, ListCell("✗ disabled: nothing is allowed", Style(.danger, .bold))]
    }
    return [title]
      + SurfaceKind.allCases.map { surface in
        guard let role = overview.role(opening: surface) else {
          return ListCell("– \(surface.title): closed, no role opens them", .muted)
        }
        let own = role.holder == overview.subject.subject
        let holder = own ? "its own" : "of \(overview.names.title(role.holder))"
        return ListCell("✓ \(surface.title): open, by \(overview.names.name(role.role)), \(holder)", .plain)
      }
  }
}
