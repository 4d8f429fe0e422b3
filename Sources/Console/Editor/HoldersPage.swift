import Access
import Administration
import Store
import Terminal

/// The page with everybody who has a system role directly.
struct HoldersPage: EditorPage, ListScreen {
  struct Holder: Identifiable, Sendable {
    let id: SubjectID
    let kind: AccountKind?
    let name: String
  }
  typealias Message = LoadedList<Numbered<Holder>>.Message

  /// The most holders that are listed. The navigation pane has the number of all.
  private static let most = 1_000

  let title = "Who has it"
  private let context: ConsoleContext
  var rows: LoadedList<Numbered<Holder>>

  init(_ role: SystemRole, context: ConsoleContext) {
    self.context = context
    rows = LoadedList(
      WindowedList(
        columns: [
          ListColumn("name", "Name", width: .flexible(least: 16)) { ListCell($0.name) },
          ListColumn("kind", "Kind", width: .fixed(8)) { ListCell($0.kind?.title ?? "team", .muted) },
          .edit,
        ], emptyLine: "Nobody has this role", isFilterable: false),
      source: .whole("reading who has it") {
        try context.administration.read { try $0.subjects(with: role, limit: Self.most) }.map {
          Holder(id: $0.id, kind: $0.kind, name: $0.name.text)
        }
      })
  }

  var heading: [ListCell] { [ListCell(title, .bold)] }

  var actions: [KeyBinding<Message>] {
    [
      onRow(.enter, "e", hint: "edit", help: "edit its security") {
        .open(context.editor($0.id, $0.kind, at: EditorTarget(.roles)))
      }
    ]
  }
}
