import Access
import Administration
import Terminal

/// A setting in the list: for the whole store, or one's own.
struct SettingRow: ListRow {
  struct ID: Hashable, Sendable {
    let setting: Setting
    let user: AccountID?
  }

  let id: ID
  let settings: Settings
  /// Whether whoever looks may change it.
  let isEditable: Bool
  let cursor: Int

  var setting: Setting { id.setting }
  /// What was set; nil where it has its default.
  var value: SettingValue? { id.user == nil ? settings.ofStore(setting) : settings.ofUser(setting) }
  var words: String { setting.words(value ?? setting.standard) }
  var title: String { id.user == nil ? setting.key : setting.key + ", for you" }

  /// Below the list, for the selected row.
  var details: [String] {
    var details = ["\(setting.meaning.prefix(1).uppercased())\(setting.meaning.dropFirst())."]
    if id.user != nil, value != .flag(true), settings.isOn(setting) {
      details.append("The whole store demands it of everybody.")
    }
    let changes = isEditable ? "Enter changes it" : "Administrators change it"
    return details + ["It takes \(setting.bounds). \(changes)."]
  }
}

/// Security → Settings: what goes for the whole store, and what may be one's own.
struct SettingsScreen: ListScreen {
  enum Message: ListMessage {
    case rows(LoadedList<SettingRow>.Message)
    case edit, reset
    case saved(SettingRow, Problem?)
    case changed
  }

  private let context: ConsoleContext
  var rows: LoadedList<SettingRow>

  init(context: ConsoleContext) {
    self.context = context
    let list = WindowedList<SettingRow>(columns: Self.columns, emptyLine: "", isFilterable: false)
    rows = LoadedList(
      list,
      source: LoadedList.Source("reading settings") { request in
        Problem.catching { request.page(of: try Self.rows(context)) }
      })
  }

  private static var columns: [ListColumn<SettingRow>] {
    [
      ListColumn("key", "Setting", width: .flexible(least: 24, weight: 1)) { ListCell($0.title) },
      ListColumn("value", "Value", width: .fixed(20)) { row in
        ListCell(row.words, row.value == nil ? .plain : .bold)
      },
      ListColumn("standard", "Default", width: .fixed(20), priority: 1) {
        ListCell($0.setting.words($0.setting.standard), .muted)
      },
      ListColumn("meaning", "What it does", width: .flexible(least: 30, weight: 2), priority: 2) {
        ListCell($0.setting.meaning, .muted)
      },
    ]
  }

  private static func rows(_ context: ConsoleContext) throws -> [SettingRow] {
    let administration = context.administration
    let settings = try administration.settings()
    let mine = administration.operating.user.map { user in
      Setting.allCases.filter(\.isPerUser).map { SettingRow.ID(setting: $0, user: user) }
    }
    let all = Setting.allCases.map { SettingRow.ID(setting: $0, user: nil) } + (mine ?? [])
    return all.enumerated().map { index, id in
      SettingRow(
        id: id, settings: settings,
        isEditable: !administration.isReadOnly && (id.user != nil || administration.maySetForAll),
        cursor: index)
    }
  }

  var title: String { "Settings" }
  var place: Place? { Places.settings }

  var bindings: [KeyBinding<Message>] {
    var bindings: [KeyBinding<Message>] = []
    if let row = rows.selected, row.isEditable {
      bindings.append(KeyBinding(.enter, "e", hint: "change", help: "change the setting", message: .edit))
      if row.value != nil {
        bindings.append(
          KeyBinding(
            "D", .delete, hint: "default", help: "go back to the setting's default", message: .reset))
      }
    }
    return bindings + listBindings
  }

  mutating func layout(in bounds: Rect) -> Effect<Self> { rows.layout(in: areas(bounds).list) { .rows($0) } }

  mutating func update(_ message: Message) -> Effect<Self> {
    switch message {
    case .rows(let message): return rows.update(message) { Message.rows($0) }.effect
    case .edit:
      guard let row = rows.selected, row.isEditable else { return .none }
      return .open(SettingDialog(row, context: context)) { _ in .changed }
    case .changed: return .toast(context.undoable("setting saved"), .good)
    case .reset:
      guard let row = rows.selected, row.isEditable else { return .none }
      return .run("saving") { [context] in
        .saved(row, context.change { try $0.set(row.setting, to: nil, for: row.id.user) }.problem)
      }
    case .saved(let row, nil):
      return .batch(.toast("\(row.title) has its default", .good), reload())
    case .saved(_, let problem?): return .toast(problem)
    }
  }

  /// The list, and below it what the selected setting is for.
  private func areas(_ bounds: Rect) -> (list: Rect, details: Rect) {
    let (list, details) = bounds.splitBottom(bounds.rows >= 10 ? 4 : 2)
    return (list, details.splitTop(bounds.rows >= 10 ? 1 : 0).rest)
  }

  func draw(on frame: inout Frame<Message>) {
    let (list, details) = areas(frame.bounds)
    frame.child(list, { .rows($0) }) { rows.draw(on: &$0) }
    let lines = (rows.selected?.details ?? []).flatMap { wrap($0, columns: details.columns - 2) }
    for (offset, line) in lines.prefix(details.rows).enumerated() {
      frame.put(line, column: details.column + 1, row: details.row + offset, style: .muted)
    }
  }
}
