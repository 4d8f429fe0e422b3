import Access
import Administration
import Store
import Terminal

/// The page *SSH keys*: the keys with which a user logs in.
struct PublicKeysPage: EditorPage, ListScreen {
  typealias Message = LoadedList<Numbered<PublicKeyRow>>.Message

  let title = "SSH keys"
  private let account: AccountID
  private let context: ConsoleContext
  var rows: LoadedList<Numbered<PublicKeyRow>>

  init(of account: AccountID, context: ConsoleContext) {
    self.account = account
    self.context = context
    rows = LoadedList(
      WindowedList(
        columns: [
          ListColumn("fingerprint", "Fingerprint", width: .flexible(least: 50)) {
            ListCell($0.fingerprint, $0.key == nil ? Style(.danger) : .plain)
          },
          ListColumn("comment", "Comment", width: .flexible(least: 10, weight: 2), priority: 1) {
            ListCell($0.comment)
          },
        ], emptyLine: context.may(.usersManage) ? "Click here to add an SSH key" : "There are no SSH keys",
        isFilterable: false),
      source: .whole("reading SSH keys") {
        try context.administration.read { try $0.publicKeys(of: account).map { PublicKeyRow($0) } }
      })
  }

  var heading: [ListCell] { [ListCell(title, .bold)] }
  var button: String? { context.may(.usersManage) ? "Add key" : nil }

  var actions: [KeyBinding<Message>] {
    [
      adding(help: "let the user in with another key", does: add),
      onRow("D", .delete, hint: "remove", help: "take the key away") { remove($0.value) },
    ].unless(context.obstacle(.usersManage)).under("Keys")
  }

  private func add() -> Effect<Message> {
    .ask(AddPublicKeyDialog(to: account, context: context)) { count in
      let keys = count == 1 ? "the key lets" : "\(count) keys let"
      return .batch(.toast("\(keys) the user in from now on", .good), .refresh)
    }
  }

  private func remove(_ row: PublicKeyRow) -> Effect<Message> {
    let deed = Deed("removing the key", said: "key removed") { [account] in
      try $0.removePublicKey(row.line, from: account)
    }
    return context.confirm(
      "Remove SSH key", "Remove \(row.fingerprint)?",
      points: ["whoever comes by it is let in no more, and signed out where they are"], action: "Remove",
      before: deed)
  }

  /// The kind and the whole comment of the selected key.
  func details(rows count: Int) -> [String] {
    rows.selected.map { ["", "\($0.kind)  \($0.comment)"] } ?? []
  }
  func detailRows(in bounds: Rect) -> Int { 2 }
}
