import Access
import Administration
import Terminal

/// Security → Settings: the settings of the whole store, and those of the person.
struct SettingsScreen: ListScreen {
  typealias Message = LoadedList<Numbered<SettingRow>>.Message

  let title = "Settings"
  var place: Place? { Places.settings }
  private let context: ConsoleContext
  var rows: LoadedList<Numbered<SettingRow>>

  init(context: ConsoleContext) {
    self.context = context
    rows = LoadedList(
      WindowedList(
        columns: [
          ListColumn("key", "Setting", width: .flexible(least: 24, weight: 1)) { ListCell($0.title) },
          ListColumn("value", "Value", width: .fixed(20)) {
            ListCell($0.words, $0.value.value == nil ? .plain : .bold)
          },
          ListColumn("standard", "Default", width: .fixed(20), priority: 1) {
            ListCell($0.setting.words($0.setting.standard))
          },
          ListColumn("meaning", "What it does", width: .flexible(least: 30, weight: 2), priority: 2) {
            ListCell($0.setting.meaning)
          },
        ], emptyLine: "", isFilterable: false),
      source: .whole("reading settings") { try Self.settings(context.administration) })
  }

  private static func settings(_ administration: Administration) throws -> [SettingRow] {
    let settings = try administration.settings()
    let mine = administration.operating.user.map { user in
      Setting.allCases.filter(\.isPerUser).map { SettingRow.ID(setting: $0, user: user) }
    }
    return (Setting.allCases.map { SettingRow.ID(setting: $0, user: nil) } + (mine ?? [])).map { id in
      SettingRow(
        id: id, settings: settings,
        isEditable: !administration.isReadOnly && (id.user != nil || administration.maySetForAll))
    }
  }

  var actions: [KeyBinding<Message>] {
    let row = rows.selected?.value
    let obstacle = row?.isEditable == false ? "Administrators change it" : nil
    return [
      onRow(.enter, "e", hint: "change", help: "change the setting", unless: obstacle) {
        .ask(SettingDialog($0.value, context: context)) { _ in
          .toast(context.undoable("setting saved"), .good)
        }
      },
      onRow(
        "D", .delete, hint: "default", help: "go back to the setting's default",
        unless: obstacle ?? (row != nil && row?.value == nil ? "it has its default" : nil)
      ) { row in
        context.carryOut(
          Deed(said: "\(row.title) has its default") { try $0.set(row.setting, to: nil, for: row.id.user) })
      },
    ]
  }

  var inset: Int { 1 }
  func detailRows(in bounds: Rect) -> Int { bounds.rows >= 10 ? 4 : 2 }
  /// The details, with a gap above them where there is room.
  func details(rows count: Int) -> [String] { (count >= 4 ? [""] : []) + (rows.selected?.details ?? []) }
}
