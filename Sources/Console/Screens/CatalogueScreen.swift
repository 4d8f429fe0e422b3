import Access
import Administration
import Store
import Terminal

/// Something of the catalogue in a list.
struct CatalogueRow: ListRow {
  enum Thing: Hashable, Sendable {
    case connector(ConnectorID)
    case widget(WidgetID)
    case endpoint(EndpointID)
    case list(ListID)
    case company(CompanyID)
  }

  let id: Thing
  let kind: String
  let name: String
  let detail: String
  let cursor: Int
}

extension ConsoleContext {
  /// Whether documents can be imported here.
  var mayImport: Bool { readFile != nil && may(.catalogueManage) }
}

/// Security → Catalogue: connectors, widgets and endpoints; and of one connector its companies and lists.
struct CatalogueScreen: ListScreen {
  enum Message: ListMessage {
    case rows(LoadedList<CatalogueRow>.Message)
    case open, viewers
    case details(String, Result<[String], Problem>)
    case viewed(Result<[ViewedPlace], Problem>)
    case view(ViewedPlace)
    case importDocument, imported
  }

  let title: String
  let place: Place?
  private let context: ConsoleContext
  private let contents: CatalogueContents
  private let opensImport: Bool
  var rows: LoadedList<CatalogueRow>

  /// - Parameter opensImport: whether it asks for a document at once, as the palette wants.
  init(context: ConsoleContext, opensImport: Bool = false) {
    self.init(title: "Catalogue", place: Places.catalogue, .whole, context, opensImport: opensImport)
  }

  /// The companies and lists of one connector.
  static func of(_ connector: Connector, context: ConsoleContext) -> CatalogueScreen {
    CatalogueScreen(title: connector.name.text, place: nil, .connector(connector.id), context)
  }

  private init(
    title: String, place: Place?, _ contents: CatalogueContents, _ context: ConsoleContext,
    opensImport: Bool = false
  ) {
    self.opensImport = opensImport
    self.title = title
    self.place = place
    self.context = context
    self.contents = contents
    let list = WindowedList<CatalogueRow>(
      columns: [
        ListColumn("kind", "Kind", width: .fixed(9)) { ListCell($0.kind, .muted) },
        ListColumn("name", "Name", width: .flexible(least: 16, weight: 2)) { ListCell($0.name) },
        ListColumn("detail", "", width: .flexible(least: 12, weight: 3), priority: 1) {
          ListCell($0.detail, .muted)
        },
      ],
      emptyLine: context.mayImport
        ? "Click here to import a connector" : "The catalogue is empty: popsec catalogue import fills it")
    rows = LoadedList(
      list,
      source: LoadedList.Source("reading the catalogue") { request in
        context.read { reader in
          let search = SearchText(request.filter)
          let rows = try contents.rows(reader).filter { search?.matches($0.name + " " + $0.detail) ?? true }
          return request.page(
            of: rows.enumerated().map {
              CatalogueRow(
                id: $0.element.id, kind: $0.element.kind, name: $0.element.name, detail: $0.element.detail,
                cursor: $0.offset)
            })
        }
      })
  }

  var bindings: [KeyBinding<Message>] {
    let open = KeyBinding<Message>(.enter, hint: "open", help: "show what belongs to it", message: .open)
    let list = rows.list.bindings.map { $0.map { Message.rows(.list($0)) } }
    let own = rows.selected == nil ? [] : [open] + viewersBinding
    return (rows.list.isTyping ? [] : own + importBinding) + list
  }

  private var importBinding: [KeyBinding<Message>] {
    guard case .whole = contents, context.mayImport else { return [] }
    var binding = KeyBinding<Message>(
      "i", hint: "import", help: "import a connector from what its service publishes",
      message: .importDocument)
    if rows.list.isEmpty { binding.keys.append(.enter) }
    return [binding]
  }

  private var viewersBinding: [KeyBinding<Message>] {
    switch rows.selected?.id {
    case .list, .widget, .endpoint:
      [KeyBinding("w", hint: "who may see this", help: "who may see this list", message: .viewers)]
    case .connector, .company, nil: []
    }
  }

  mutating func appear() -> Effect<Self> {
    .batch(reload(), opensImport && context.mayImport ? .send(.importDocument) : .none)
  }

  mutating func update(_ message: Message) -> Effect<Self> {
    switch message {
    case .rows(let message):
      let (event, effect) =
        rows.update(message) { Message.rows($0) } as (WindowedList<CatalogueRow>.Event?, Effect<Self>)
      return event == .emptyLine && context.mayImport ? .batch(effect, .send(.importDocument)) : effect
    case .importDocument:
      guard let readFile = context.readFile else { return .none }
      return .open(ImportDialog(context: context, readFile: readFile)) { _ in .imported }
    case .imported: return reload()
    case .open: return open()
    case .viewers: return viewers()
    case .viewed(.success(let places)): return choose(places)
    case .viewed(.failure(let problem)): return .toast(problem)
    case .view(let place): return .open(ViewersScreen(place, context: context))
    case .details(_, .failure(let problem)): return .toast(problem)
    case .details(let title, .success(let lines)):
      return .open(
        ConfirmDialog.message(
          title: title, text: lines.isEmpty ? "It has nothing." : "It has:", points: lines))
    }
  }

  private func open() -> Effect<Self> {
    guard let row = rows.selected else { return .none }
    if case .connector(let id) = row.id {
      return .open(CatalogueScreen(title: row.name, place: nil, .connector(id), context))
    }
    return .run("reading \(row.name)") { [context, contents] in
      .details(row.name, context.read { try contents.details(of: row.id, $0) })
    }
  }

  private func viewers() -> Effect<Self> {
    guard let thing = rows.selected?.id else { return .none }
    return .run("reading") { [context, contents] in
      .viewed(context.read { try contents.lists(of: thing, $0) })
    }
  }

  private func choose(_ places: [ViewedPlace]) -> Effect<Self> {
    guard places.count > 1 else {
      return places.first.map { .send(.view($0)) } ?? .toast("its lists have left the catalogue")
    }
    return .open(
      ChoiceDialog(title: "Which list?", rows: places.map { ChoiceDialog.Row($0, $0.name.text) })
    ) { .view($0) }
  }
}
