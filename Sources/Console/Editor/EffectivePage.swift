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
    /// Looks at the access of an instant; nil for now.
    case look(at: Timestamp?)
  }

  let title = "Effective access"
  private let subject: SubjectID
  private let context: ConsoleContext
  private var overview: AccessOverview?
  private var expanded: Set<AccessOverview.Node> = []
  /// The instant whose access is shown; nil for now.
  private var instant: Timestamp?
  /// Whether the next overview that is read is that of another instant than the one before.
  private var isOtherInstant = false
  var rows: LoadedList<Numbered<AccessTreeRow>>

  /// The most companies with which a tree is shown with all lists at first.
  private static let unfoldedCompanies = 4
  private static let nothingGiven = "Nothing was given to it or to its teams"

  init(of subject: SubjectID, context: ConsoleContext) {
    self.subject = subject
    self.context = context
    rows = LoadedList(
      WindowedList(
        columns: Self.columns(context, hasEnds: false),
        emptyLine: Self.nothingGiven),
      source: AccessTree.source(nil, expanded: [], context.clock))
  }

  /// - Parameter hasEnds: whether anything that was given has an end, so that a column shows the ends.
  private static func columns(
    _ context: ConsoleContext, hasEnds: Bool
  ) -> [ListColumn<Numbered<AccessTreeRow>>] {
    let what = ListColumn<Numbered<AccessTreeRow>>("what", "What", width: .flexible(least: 20, weight: 3)) {
      ListCell($0.text, $0.row.isReachable ? .plain : .muted)
    }
    let end = ListColumn<Numbered<AccessTreeRow>>(
      "end", "Ends", width: .flexible(least: 21, weight: 2),
      fitting: { row, columns in
        row.row.until.map { context.clock.end($0, columns: columns, lead: "") } ?? ListCell("")
      })
    let by = ListColumn<Numbered<AccessTreeRow>>(
      "by", "Given by", width: .flexible(least: 14, weight: 2), priority: 1,
      fitting: { row, columns in
        let note = row.row.isReachable ? "" : ", not reachable"
        let isFitting = cellWidth(of: row.by + note) <= columns
        return ListCell((isFitting ? row.by : row.givers) + note, .muted)
      })
    return hasEnds ? [what, end, by] : [what, by]
  }

  private func askInstant() -> Effect<Message> {
    .ask(InstantDialog.lookingAt(instant, context: context)) { .send(.look(at: $0.instant)) }
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
          message: row.isExpanded ? .fold(row.id) : .unfold(row.id)
        ).named("turn"))
    }
    return bindings + [
      context.matrix(of: subject, at: instant),
      KeyBinding("w", hint: "why not", help: "ask about anything that it may not see") {
        context.why(subject)
      },
      KeyBinding("t", hint: "when", help: "look at another instant") { askInstant() },
    ]
  }

  mutating func appear() -> Effect<Message> { read() }
  mutating func reappear() -> Effect<Message> { read() }

  private func read() -> Effect<Message> {
    .run("reading what it may see", cancelling: "overview") { [context, subject, instant] in
      .loaded(Problem.catching { try context.administration.overview(of: subject, at: instant) })
    }
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .rows(let message): return follow(message)
    case .loaded(.success(let overview)):
      if self.overview == nil { expanded = AccessTree.unfolded(overview, companies: Self.unfoldedCompanies) }
      // Rows that differ because another instant is looked at were not changed by anybody.
      let isOther = isOtherInstant
      isOtherInstant = false
      self.overview = overview
      rows.list.columns = Self.columns(context, hasEnds: overview.hasEnds)
      rows.list.emptyLine =
        overview.isOnlyOutOfForce ? "No grant is in force at this time" : Self.nothingGiven
      return refresh(isOther: isOther)
    case .loaded(.failure(let problem)):
      rows.source = .whole("unfolding") { throw problem }
      return reload()
    case .look(let instant):
      self.instant = instant
      isOtherInstant = true
      return read()
    case .unfold(let node):
      expanded.insert(node)
      return refresh(selecting: node)
    case .fold(let node):
      expanded.remove(node)
      return refresh(selecting: node)
    }
  }

  private mutating func refresh(
    selecting node: AccessOverview.Node? = nil, isOther: Bool = false
  ) -> Effect<Message> {
    rows.source = AccessTree.source(overview, expanded: expanded, context.clock)
    let effect = isOther ? rows.restart().map { .rows($0) } : reload()
    if let node { _ = rows.list.update(.select(node)) }
    return effect
  }

  private func why(_ node: AccessOverview.Node) -> Effect<Message> {
    guard let overview else { return .none }
    return .open(WhyScreen(overview.request(for: node), context: context))
  }

  var headingRows: Int { 1 + SurfaceKind.allCases.count }

  var heading: [ListCell] {
    let title =
      instant.map { ListCell("Access \(context.clock.whole($0))", Style(.warning, .bold)) }
      ?? ListCell(title, .bold)
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
        let end = overview.end(of: role).map(context.clock.shortEnd)
        let until = end.map { ", ends \($0.text)" } ?? ""
        return ListCell(
          "✓ \(surface.title): open\(until), by \(overview.names.name(role.role)), \(holder)",
          end?.style ?? .plain)
      }
  }
}

extension AccessOverview {
  /// Whether anything that is given has an end.
  fileprivate var hasEnds: Bool {
    parts.contains { $0.access.given.contains { $0.until != nil } }
  }
}
