import Access
import Administration
import Store
import Terminal

/// Security → Catalogue: connectors, widgets and endpoints. The screen also shows the companies and lists of
/// one connector.
struct CatalogueScreen: ListScreen {
  typealias Message = LoadedList<Numbered<CatalogueRow>>.Message

  private let context: ConsoleContext
  private let contents: CatalogueContents
  var rows: LoadedList<Numbered<CatalogueRow>>

  /// - Parameter start: the thing on which the list begins; nil for the first one.
  init(_ contents: CatalogueContents = .whole, context: ConsoleContext, at start: CatalogueRow.Thing? = nil) {
    (self.contents, self.context) = (contents, context)
    rows = LoadedList(
      WindowedList(
        columns: [
          ListColumn("kind", "Kind", width: .fixed(9)) { ListCell($0.kind) },
          ListColumn("name", "Name", width: .flexible(least: 16, weight: 2)) { ListCell($0.name) },
          ListColumn("detail", "", width: .flexible(least: 12, weight: 3), priority: 1) {
            ListCell($0.detail)
          },
        ],
        emptyLine: context.mayImport
          ? "Click here to import a connector" : "The catalogue is empty: popsec catalogue import fills it"),
      source: Self.source(contents, context, at: start))
  }

  /// What belongs to a connector has no conditions; a part of its line finds it.
  private static func source(
    _ contents: CatalogueContents, _ context: ConsoleContext, at start: CatalogueRow.Thing?
  ) -> LoadedList<Numbered<CatalogueRow>>.Source {
    let label = "reading the catalogue"
    guard case .whole = contents else {
      return .whole(
        label, matching: { $0.name + " " + $0.detail }, start: { rows in rows.firstIndex { $0.id == start } }
      ) {
        try context.administration.read { try contents.rows($0) }
      }
    }
    return .asked(label, .catalogue, start: start, names: context.namesBeginning) { written in
      try context.administration.read { reader in
        let (matching, conditions) = try ConditionFinder(reader, now: context.now).conditions(written)
        let rows = try contents.rows(reader, where: conditions).filter {
          matching?.matches($0.name + " " + $0.detail) ?? true
        }
        return rows + (try contents.parts(reader, matching: matching, written, conditions))
      }
    }
  }

  var title: String { contents.title }
  var place: Place? { contents.place }
  var pageName: String? { contents.pageName }

  var actions: [KeyBinding<Message>] {
    let hasNoViewers = rows.selected.map { !$0.id.hasViewers } ?? false
    return [
      onRow(.enter, hint: "open", help: "show what belongs to it", does: open),
      onRow(
        "w", hint: "who may see this", help: "who may see this list",
        unless: hasNoViewers ? "what has lists is asked about: lists, widgets and endpoints" : nil,
        does: openViewers),
    ] + importing
  }

  private var importing: [KeyBinding<Message>] {
    guard case .whole = contents else { return [] }
    let obstacle =
      context.readFile == nil ? "you have no files on this machine" : context.obstacle(.catalogueManage)
    return [
      adding(
        "i", hint: "import", help: "import a connector from what its service publishes", unless: obstacle
      ) {
        context.readFile.map { .ask(ImportDialog(context: context, readFile: $0)) { _ in .refresh } } ?? .none
      }
    ]
  }

  private func open(_ row: Numbered<CatalogueRow>) -> Effect<Message> {
    if let connector = row.within {
      let contents = CatalogueContents.connector(connector.id, connector.name.text)
      return .open(CatalogueScreen(contents, context: context, at: row.id))
    }
    if case .connector(let id) = row.id {
      return .open(CatalogueScreen(.connector(id, row.name), context: context))
    }
    return .reading("reading \(row.name)") {
      try context.administration.read { try contents.details(of: row.id, $0) }
    } then: { lines in
      .open(
        ConfirmDialog.message(
          title: row.name, text: lines.isEmpty ? "It has nothing." : "It has:", points: lines))
    }
  }

  private func openViewers(_ row: Numbered<CatalogueRow>) -> Effect<Message> {
    let contents = row.within.map { CatalogueContents.connector($0.id, $0.name.text) } ?? contents
    return .reading("reading") {
      try context.administration.read { try contents.lists(of: row.id, $0) }
    } then: { places in
      guard places.count > 1 else {
        return places.first.map { .open(ViewersScreen($0, context: context)) }
          ?? .toast("its lists have left the catalogue")
      }
      let rows = places.map { ChoiceDialog.Row($0, $0.name.text) }
      return .ask(ChoiceDialog(title: "Which list?", rows: rows)) {
        .open(ViewersScreen($0, context: context))
      }
    }
  }
}
