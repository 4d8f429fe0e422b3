import Access
import Administration
import Store
import Terminal

/// The page *Tokens*: the tokens of a user, which can be added, copied and revoked here.
struct TokensPage: EditorPage, TokenListing {
  enum Message: ListMessage {
    case rows(LoadedList<Numbered<TokenRow>>.Message)
    /// A token was just added, and is selected once its row is there.
    case added(TokenRowID)
  }

  let title = "Tokens"
  let account: AccountID
  let context: ConsoleContext
  var rows: LoadedList<Numbered<TokenRow>>
  /// The token that is selected once the rows are there.
  private var wanted: TokenRowID?

  init(of account: AccountID, selecting token: TokenRowID? = nil, context: ConsoleContext) {
    self.account = account
    self.context = context
    wanted = token
    rows = LoadedList(
      WindowedList(
        columns: TokenRow.columns(context, Self.token),
        emptyLine: context.may(.tokensManage) ? "Click here to add a token" : "There are no tokens",
        isFilterable: false),
      source: .whole("reading tokens") { try TokenRow.all(of: account, context) })
  }

  private var addObstacle: String? { context.obstacle(.tokensManage) ?? sealObstacle }

  static func token(_ row: Numbered<TokenRow>) -> TokenRow { row.value }

  /// The actions. Opening comes first, then copying and adding, because the hint bar may not have room for
  /// all.
  var actions: [KeyBinding<Message>] {
    let adding = adding(help: "add a token", unless: addObstacle, does: add)
    return tokenActions(with: [adding]).under(title)
  }

  private func add() -> Effect<Message> {
    .open(TokenDialog.add(to: account, context: context)) { .added($0) }
  }

  // MARK: - The page

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .rows(let message):
      let effect = follow(message)
      if let id = wanted, rows.list.rows.contains(where: { $0.id == id }) {
        wanted = nil
        _ = rows.list.update(.select(id))
      }
      return effect
    case .added(let id):
      wanted = id
      return .batch(.toast("token added; c sends its Token ID to your clipboard", .good), reload())
    }
  }

  var button: String? { addObstacle == nil ? "Add token" : nil }
  var heading: [ListCell] { [ListCell(title, .bold)] }
  /// The details take rows only where there is room.
  func detailRows(in bounds: Rect) -> Int { bounds.rows >= 12 ? 4 : 0 }
  func details(rows count: Int) -> [String] { rows.selected?.value.details(context.clock) ?? [] }

  func draw(on frame: inout Frame<Message>) {
    drawList(on: &frame)
    // The note goes into the first line, which is free because the list has no filter.
    let note = frame.bounds.splitTop(1).rest
    if let sealObstacle {
      frame.put("Copying isn't possible here: \(sealObstacle)", in: note, style: Style(.warning))
    } else {
      let zone = context.clock.zoneNames
      let text = "Times: \(zone). Use: {Widget URL}?token={Token ID}"
      // The rest of the line is blank, because the number of rows would stand right behind a longer text.
      let blank = String(repeating: " ", count: max(0, note.columns - cellWidth(of: text)))
      frame.put(text + blank, in: note, style: .muted)
    }
  }
}
