import Access
import Administration
import Store
import Terminal

/// The page *Tokens*: the tokens of a user, which can be added, copied and revoked here.
struct TokensPage: EditorPage, ListScreen {
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
        columns: TokenRow.columns(context),
        emptyLine: context.may(.tokensManage) ? "Click here to add a token" : "There are no tokens",
        isFilterable: false),
      source: .whole("reading tokens") { try TokenRow.all(of: account, context) })
  }

  var sealObstacle: String? { context.administration.sealProblem.map { Problem($0).line } }
  var copyObstacle: String? { context.obstacle(.tokensCopy) ?? sealObstacle }
  private var addObstacle: String? { context.obstacle(.tokensManage) ?? sealObstacle }

  // MARK: - Actions

  /// The actions. Opening comes first, then copying and adding, because the hint bar may not have room for
  /// all.
  var actions: [KeyBinding<Message>] {
    let copying = copying
    let adding = adding(help: "add a token", unless: addObstacle, does: add)
    return (opening + copying.prefix(1) + [adding] + copying.dropFirst() + changing + asking).under(title)
  }

  /// Opening details, which is possible for a revoked token, too.
  private var opening: [KeyBinding<Message>] {
    [onRow(.enter, hint: "details", help: "show all that is known of it") { open($0.value) }]
  }

  /// Asking why the token does not work, which is possible for a revoked token, too: support staff need this.
  private var asking: [KeyBinding<Message>] {
    [
      onRow("w", hint: "why", help: "why it opens something or not") {
        context.why(.account(account), token: $0.id)
      }
    ]
  }

  private var revoked: String? { rows.selected?.state == .revoked ? "the token is revoked for good" : nil }

  private var copying: [KeyBinding<Message>] {
    [
      onRow("c", hint: "copy", help: "copy the Token ID to your terminal's clipboard") {
        copy($0.token, .tokenID)
      },
      onRow("u", hint: "copy address", help: "copy a widget's address with the token") {
        chooseWidget($0.token)
      },
      onRow("v", hint: "reveal", help: "show the Token ID for 20 s") { reveal($0.token) },
    ].unless(copyObstacle ?? revoked)
  }

  private var changing: [KeyBinding<Message>] {
    let isDisabled = rows.selected?.token.isDisabled ?? false
    return [
      onRow("r", hint: "rename", help: "rename the token") { row in
        context.rename(row.token.name, "token", said: "token renamed") { try $0.rename(row.id, to: $1) }
      },
      onRow("x", hint: "expiry", help: "change from when and until when it is valid") {
        .ask(TokenDialog.setValidity(of: $0.token, context: context)) { _ in .toast("expiry changed", .good) }
      },
      onRow("l", hint: "limit", help: "limit it to widgets, networks and a rate") { limit($0.token) },
      onRow(
        "o", hint: "describe", help: "say who answers for it, what it is for, and its labels", isHinted: false
      ) { describe($0.token) },
      onRow("T", hint: "rotate", help: "make a new Token ID for it", unless: sealObstacle) {
        askToRotate($0.value)
      },
      onRow(
        "d", hint: isDisabled ? "enable" : "disable",
        help: isDisabled ? "enable the token" : "disable the token"
      ) { toggleDisabled($0.token) }.named("disable"),
      onRow("R", .delete, hint: "revoke", help: "revoke the token for good") { revoke($0.token) },
    ].unless(context.obstacle(.tokensManage) ?? revoked)
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
