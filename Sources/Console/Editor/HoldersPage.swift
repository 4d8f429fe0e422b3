import Access
import Administration
import Store
import Terminal

/// The page with everybody who has a system role directly.
struct HoldersPage: EditorPage, ListScreen {
  typealias Message = LoadedList<Numbered<RoleHolder>>.Message

  /// The most holders that are listed. The navigation pane has the number of all.
  private static let most = 1_000

  let title = "Who has it"
  private let context: ConsoleContext
  var rows: LoadedList<Numbered<RoleHolder>>

  init(_ role: SystemRole, context: ConsoleContext) {
    self.context = context
    rows = LoadedList(
      WindowedList(
        columns: [
          ListColumn("name", "Name", width: .flexible(least: 16)) { ListCell($0.name.text) },
          ListColumn("kind", "Kind", width: .fixed(8)) { ListCell($0.kind?.title ?? "team") },
          ListColumn(
            "bounds", "", width: .flexible(least: 12, weight: 2), priority: 1,
            fitting: { context.clock.badge($0.bounds, columns: $1) ?? ListCell("") }),
          .opening { context.opening($0.kind) },
        ], emptyLine: "Nobody has this role", isFilterable: false),
      source: .whole("reading who has it") {
        try context.administration.read { try $0.subjects(with: role, limit: Self.most) }
      })
  }

  var heading: [ListCell] { [ListCell(title, .bold)] }

  var actions: [KeyBinding<Message>] {
    [
      onRow(.enter, "e", opening: context.opening(rows.selected?.kind)) {
        .open(context.editor($0.id, $0.kind, at: EditorTarget(.roles)))
      }
    ]
  }
}
