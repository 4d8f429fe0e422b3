import Access
import Administration
import Store
import Terminal

/// An SSH public key in the list of its user's keys.
struct PublicKeyRow: ListRow {
  /// As it is stored.
  let line: String
  /// Nil where it can't be read, and so lets nobody in.
  let key: SSHPublicKey?
  let cursor: Int

  init(_ line: String, cursor: Int) {
    self.line = line
    key = try? SSHPublicKey(line)
    self.cursor = cursor
  }

  var id: String { line }
  var kind: String { key?.kind.rawValue ?? String(line.prefix { $0 != " " }) }
  var fingerprint: String { key.map { KeyFingerprint($0).description } ?? "can't be read" }
  var comment: String { key?.comment ?? "" }
}

/// The page *SSH keys*: by which keys a user comes in.
struct PublicKeysPage: EditorPage {
  enum Message: Sendable {
    case rows(LoadedList<PublicKeyRow>.Message)
    case add, remove
    case added(Int)
    case confirmed(PublicKeyRow, Confirmation)
    case done(String, Problem?)
  }

  private let account: AccountID
  private let context: ConsoleContext
  private(set) var rows: LoadedList<PublicKeyRow>

  init(of account: AccountID, context: ConsoleContext) {
    self.account = account
    self.context = context
    let list = WindowedList<PublicKeyRow>(
      columns: [
        ListColumn("fingerprint", "Fingerprint", width: .flexible(least: 50)) { row in
          ListCell(row.fingerprint, row.key == nil ? Style(.danger) : .plain)
        },
        ListColumn("comment", "Comment", width: .flexible(least: 10, weight: 2), priority: 1) {
          ListCell($0.comment, .muted)
        },
      ], emptyLine: context.may(.usersManage) ? "Click here to add an SSH key" : "There are no SSH keys",
      isFilterable: false)
    rows = LoadedList(
      list,
      source: LoadedList.Source("reading SSH keys") { request in
        context.read { reader in
          request.page(
            of: try reader.publicKeys(of: account).enumerated().map {
              PublicKeyRow($0.element, cursor: $0.offset)
            })
        }
      }, headingRows: 1)
  }

  var title: String { "SSH keys" }
  var hasPendingChanges: Bool { false }
  mutating func save() -> Effect<Self> { .none }
  mutating func discard() -> Effect<Self> { .none }

  var bindings: [KeyBinding<Message>] {
    var bindings: [KeyBinding<Message>] = []
    if context.may(.usersManage) {
      bindings.append(
        KeyBinding("a", hint: "add", help: "let the user in with another key", group: "Keys", message: .add))
      if rows.list.isEmpty {
        bindings.append(KeyBinding(.enter, hint: "add", group: "Keys", isHinted: false, message: .add))
      }
      if rows.selected != nil {
        bindings.append(
          KeyBinding(
            "D", .delete, hint: "remove", help: "take the key away", group: "Keys", isDestructive: true,
            message: .remove))
      }
    }
    return bindings + rows.list.bindings.map { $0.map { .rows(.list($0)) } }
  }

  mutating func layout(in bounds: Rect) -> Effect<Self> {
    rows.layout(in: bounds.splitBottom(Self.detailRows).rest) { .rows($0) }
  }

  /// Below the list: what the selected key is, whole.
  private static let detailRows = 2
  mutating func appear() -> Effect<Self> { rows.reload { .rows($0) } }
  mutating func reappear() -> Effect<Self> { rows.reload { .rows($0) } }

  mutating func update(_ message: Message) -> Effect<Self> {
    switch message {
    case .rows(let message):
      let (event, effect) =
        rows.update(message) { Message.rows($0) } as (WindowedList<PublicKeyRow>.Event?, Effect<Self>)
      if case .emptyLine = event, context.may(.usersManage) { return .batch(effect, .send(.add)) }
      return effect
    case .add: return .open(AddPublicKeyDialog(to: account, context: context)) { .added($0) }
    case .added(let count):
      let said =
        count == 1 ? "the key lets the user in from now on" : "\(count) keys let the user in from now on"
      return .batch(.toast(said, .good), rows.reload { .rows($0) })
    case .remove: return rows.selected.map { askToRemove($0) } ?? .none
    case .confirmed(let row, .confirm): return remove(row)
    case .confirmed(_, .cancel): return .none
    case .done(let text, nil): return .batch(.toast(text, .good), rows.reload { .rows($0) })
    case .done(_, let problem?): return .batch(.toast(problem), rows.reload { .rows($0) })
    }
  }

  private func askToRemove(_ row: PublicKeyRow) -> Effect<Self> {
    .open(
      ConfirmDialog.destructive(
        title: "Remove SSH key", text: "Remove \(row.fingerprint)?",
        points: ["whoever comes by it is let in no more, and signed out where they are"], action: "Remove")
    ) { .confirmed(row, $0) }
  }

  private func remove(_ row: PublicKeyRow) -> Effect<Self> {
    .run("removing the key") { [context, account] in
      .done("key removed", context.change { try $0.removePublicKey(row.line, from: account) }.problem)
    }
  }

  func draw(on frame: inout Frame<Message>) {
    let (heading, rest) = frame.bounds.splitTop(1)
    Heading(text: title, action: context.may(.usersManage) ? "Add key" : nil).draw(
      in: heading, on: &frame, .add)
    let (list, details) = rest.splitBottom(Self.detailRows)
    frame.child(list, { .rows($0) }) { rows.draw(on: &$0) }
    guard let row = rows.selected else { return }
    frame.putFitted("\(row.kind)  \(row.comment)", in: details.splitTop(1).rest, style: .muted)
  }
}
