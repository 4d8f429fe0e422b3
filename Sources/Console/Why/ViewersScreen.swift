import Access
import Administration
import Store
import Terminal

/// A list about which one asks who may see it, and the surface that one has in mind.
struct ViewedPlace: Hashable, Sendable {
  let connector: ConnectorID
  let list: ListID
  let name: Name
  let surface: CheckRequest.Surface
}

/// One of them in the list, with the names of the companies for which it may see the list.
struct ViewerRow: ListRow {
  let viewer: Viewer
  /// Nil where the connector has no companies.
  let companyNames: String?

  var id: GrantID { viewer.holder.grant.id }
  var cursor: GrantHolderCursor { viewer.cursor }
}

/// *Who may see this?*: teams, API users and users who were given a list.
struct ViewersScreen: ListScreen {
  enum Message: ListMessage {
    case rows(LoadedList<ViewerRow>.Message)
    case why, edit
    case administrators(Result<Int, Problem>)
  }

  private let viewed: ViewedPlace
  private let context: ConsoleContext
  /// How many have the system role Administrator; nil before that is known.
  private var administrators: Result<Int, Problem>?
  var rows: LoadedList<ViewerRow>

  init(_ place: ViewedPlace, context: ConsoleContext) {
    viewed = place
    self.context = context
    let list = WindowedList<ViewerRow>(
      columns: [
        ListColumn("name", "Name", width: .flexible(least: 16, weight: 2)) {
          ListCell($0.viewer.holder.name.text)
        },
        ListColumn("kind", "Kind", width: .fixed(8)) {
          ListCell($0.viewer.holder.kind?.title ?? "team", .muted)
        },
        ListColumn("companies", "Companies", width: .flexible(least: 10, weight: 2), priority: 1) {
          ListCell($0.companyNames ?? "–")
        },
        ListColumn("members", "Members", width: .fixed(9), priority: 2, alignment: .right) {
          ListCell($0.viewer.holder.kind == nil ? $0.viewer.holder.memberCount.grouped : "")
        },
        ListColumn("state", "", width: .flexible(least: 12, weight: 2), priority: 1) {
          Self.state($0.viewer)
        },
      ], emptyLine: "Nobody was given this list", isFilterable: false)
    rows = LoadedList(
      list,
      source: LoadedList.Source("reading who may see it") { request in
        context.read { reader in
          let source = AccessSource(reader)
          let names = Dictionary(
            try reader.companies(of: place.connector).map { ($0.id, $0.name.text) },
            uniquingKeysWith: { first, _ in first })
          return try request.page { position, limit in
            let page = try source.viewers(of: place.list, on: place.connector, position.stored, limit: limit)
            return ListPage(
              rows: page.rows.map { viewer in
                ViewerRow(
                  viewer: viewer,
                  companyNames: viewer.companies.map { $0.map { names[$0] ?? "" }.joined(separator: ", ") })
              }, hasBefore: page.hasBefore, hasAfter: page.hasAfter)
          }
        }
      }, headingRows: 2)
  }

  private static func state(_ viewer: Viewer) -> ListCell {
    if let fails = viewer.fails {
      return ListCell(fails == .role ? "no connector role" : "no company", .muted)
    }
    if !viewer.holder.isEnabled { return ListCell("disabled", Style(.danger)) }
    return viewer.isReachable ? ListCell("") : ListCell("no open surface", .muted)
  }

  var title: String { "Who may see \(viewed.name.text)" }

  var bindings: [KeyBinding<Message>] {
    var bindings: [KeyBinding<Message>] = []
    if rows.selected != nil {
      bindings = [
        KeyBinding(.enter, "w", hint: "why", help: "why it may see this", message: .why),
        KeyBinding("e", hint: "edit", help: "edit its security", message: .edit),
      ]
    }
    return bindings + listBindings
  }

  mutating func appear() -> Effect<Self> { .batch(reload(), countAdministrators()) }
  mutating func reappear() -> Effect<Self> { .batch(reload(), countAdministrators()) }

  private func countAdministrators() -> Effect<Self> {
    .run("counting", awaited: false) { [context] in
      .administrators(context.read { try $0.holders(of: .builtIn(.administrator)).total })
    }
  }

  mutating func update(_ message: Message) -> Effect<Self> {
    switch message {
    case .rows(let message): return rows.update(message) { Message.rows($0) }.effect
    case .why:
      return rows.selected.map { .open(WhyScreen(request(of: $0.viewer), context: context)) } ?? .none
    case .edit: return edit()
    case .administrators(let count):
      administrators = count
      return .none
    }
  }

  private func request(of viewer: Viewer) -> CheckRequest {
    let asker: CheckRequest.Asker =
      switch viewer.holder.grant.subject {
      case .team(let id): .team(.id(id))
      case .account(let id): .account(AccountReference(viewer.holder.kind ?? .apiUser, .id(id)))
      }
    return CheckRequest(asker: asker, surface: viewed.surface, list: .id(viewed.list))
  }

  private func edit() -> Effect<Self> {
    guard let viewer = rows.selected?.viewer else { return .none }
    let target = EditorTarget(.grant(viewed.connector, .lists))
    switch viewer.holder.grant.subject {
    case .team(let id): return .open(EditorScreen(TeamEditor(id, context: context), at: target))
    case .account(let id):
      let kind = viewer.holder.kind ?? .apiUser
      return .open(EditorScreen(AccountEditor(id, kind: kind, context: context), at: target))
    }
  }

  func draw(on frame: inout Frame<Message>) {
    let (heading, rest) = frame.bounds.splitTop(2)
    frame.put("Who may see \(viewed.name.text)", in: heading, style: .bold)
    let (line, style) = remark
    frame.putFitted(line, in: heading.splitTop(1).rest, style: style)
    drawRows(in: rest, on: &frame)
  }

  /// Who is not listed, and sees it all the same.
  private var remark: (text: String, style: Style) {
    let members = "Members of a team see what it was given"
    switch administrators {
    case nil, .success(0): return (members, .muted)
    case .success(let count): return ("\(members), and \(count) with the system role Administrator", .muted)
    case .failure(let problem):
      return ("✗ who is Administrator sees it, too, and can't be counted: \(problem.line)", Style(.danger))
    }
  }
}
