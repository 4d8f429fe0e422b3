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

extension Viewer: ListRow {
  var id: GrantID { holder.grant.id }
}

/// *Who may see this?*: teams, API users and users who were given a list.
struct ViewersScreen: ListScreen {
  enum Message: ListMessage {
    case rows(LoadedList<Viewer>.Message)
    case why, edit
    case administrators(Int)
  }

  private let viewed: ViewedPlace
  private let context: ConsoleContext
  private var administrators = 0
  var rows: LoadedList<Viewer>

  init(_ place: ViewedPlace, context: ConsoleContext) {
    viewed = place
    self.context = context
    let names =
      (try? context.read { reader in
        Dictionary(
          try reader.companies(of: place.connector).map { ($0.id, $0.name.text) },
          uniquingKeysWith: { first, _ in first })
      }.get()) ?? [:]
    let list = WindowedList<Viewer>(
      columns: [
        ListColumn("name", "Name", width: .flexible(least: 16, weight: 2)) { ListCell($0.holder.name.text) },
        ListColumn("kind", "Kind", width: .fixed(8)) { ListCell($0.holder.kind?.title ?? "team", .muted) },
        ListColumn("companies", "Companies", width: .flexible(least: 10, weight: 2), priority: 1) { viewer in
          ListCell(viewer.companies.map { $0.map { names[$0] ?? "" }.joined(separator: ", ") } ?? "–")
        },
        ListColumn("members", "Members", width: .fixed(9), priority: 2, alignment: .right) {
          ListCell($0.holder.kind == nil ? $0.holder.memberCount.grouped : "")
        },
        ListColumn("state", "", width: .flexible(least: 12, weight: 2), priority: 1) { Self.state($0) },
      ], emptyLine: "Nobody was given this list", isFilterable: false)
    rows = LoadedList(
      list,
      source: LoadedList.Source("reading who may see it") { request in
        context.read { reader in
          let source = AccessSource(reader)
          return try request.page { position, limit in
            ListPage(
              try source.viewers(of: place.list, on: place.connector, position.stored, limit: limit))
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
      let holders = try? context.read { try $0.holders(of: .builtIn(.administrator)) }.get()
      return .administrators(holders?.total ?? 0)
    }
  }

  mutating func update(_ message: Message) -> Effect<Self> {
    switch message {
    case .rows(let message): return rows.update(message) { Message.rows($0) }.effect
    case .why: return rows.selected.map { .open(WhyScreen(request(of: $0), context: context)) } ?? .none
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
    guard let viewer = rows.selected else { return .none }
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
    let more = administrators == 0 ? "" : ", and \(administrators) with the system role Administrator"
    frame.put(
      "Members of a team see what it was given\(more)", in: heading.splitTop(1).rest, style: .muted)
    drawRows(in: rest, on: &frame)
  }
}
