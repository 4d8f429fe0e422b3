import Access
import Administration
import Store
import Terminal

/// Security → Tokens: the tokens of all users and API users.
struct TokenListScreen: TokenListing {
  enum Message: ListMessage {
    case rows(LoadedList<ListedTokenRow>.Message)
    case sort(TokenSorting)
    case takeOver
    case tookOver(TakenUses)
    case look
    case looked([TokenRowID: [TokenFinding]])
    case bulk(BulkMessage<TokenBulkAction>)
  }

  let title = "Tokens"
  var place: Place? { Places.tokens }
  let context: ConsoleContext
  var rows: LoadedList<ListedTokenRow>
  private(set) var order: TokenSorting
  /// What was found about the tokens that were looked at since the page was opened.
  private var findings: [TokenRowID: [TokenFinding]] = [:]
  /// ``TakenUses/newsCount`` when the rows were read last.
  private var usesSeen = 0
  var choice = RowChoice<TokenRowID>()
  var working: ProgressCount?

  /// - Parameters:
  ///   - filter: what the filter's line has at first.
  ///   - order: the order at first.
  init(context: ConsoleContext, filter: String = "", order: TokenSorting = .user) {
    (self.context, self.order) = (context, order)
    rows = LoadedList(
      WindowedList(
        columns: Self.columns(context, [:], RowChoice()), emptyLine: "There are no tokens",
        sorting: ListSorting(order.column, title: order.title), filterText: filter),
      source: Self.source(context, order))
  }

  static func token(_ row: ListedTokenRow) -> TokenRow { row.row }

  var actions: [KeyBinding<Message>] {
    let toUser = onRow("e", hint: "its user", help: "open the security of its user") { row in
      let page = EditorTarget(.tokens, token: row.id)
      return .open(context.editor(.account(row.account.id), row.account.kind, at: page))
    }
    return (tokenActions(with: [toUser]) + [writingList(context, .tokens(order))]).under(title) + sorting
  }

  private var sorting: [KeyBinding<Message>] {
    let orders = TokenSorting.allCases.map { order in
      KeyBinding(
        order.key, hint: order.title, help: "sort by \(order.title)", isHinted: false,
        message: Message.sort(order))
    }
    let next = Message.sort(order == .user ? .expiry : .user)
    return (orders + [KeyBinding("s", hint: "sort", help: "sort by the next column", message: next)])
      .under("Order")
  }

  mutating func appear() -> Effect<Message> {
    findings = [:]
    usesSeen = context.useTakeOver.newsCount
    return .batch(reload(), .send(.takeOver))
  }
  mutating func reappear() -> Effect<Message> { appear() }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .rows(let message):
      let effect = follow(message)
      return .batch(effect, unlooked.isEmpty ? .none : .after(milliseconds: 400, key: "review", .look))
    case .sort(let order):
      self.order = order
      rows.list.sorting = ListSorting(order.column, title: order.title)
      rows.source = Self.source(context, order)
      return rows.restart().map { .rows($0) }
    case .takeOver: return takeOver()
    case .tookOver(let taken):
      let next = Effect<Message>.after(milliseconds: taken.waitMilliseconds, key: "uses", .takeOver)
      guard taken.alters(usesSeen) else { return next }
      usesSeen = taken.newsCount
      return .batch(reload(), next)
    case .look: return look(at: unlooked)
    case .looked(let found):
      findings.merge(found) { $1 }
      redoColumns()
      return .none
    case .bulk(let message): return update(bulk: message)
    }
  }

  mutating func redoColumns() { rows.list.columns = Self.columns(context, findings, choice) }

  /// The tokens on the screen that were not looked at yet.
  private var unlooked: [Token] {
    rows.list.visibleRows.map(\.row.token).filter { findings[$0.id] == nil }
  }

  private func look(at tokens: [Token]) -> Effect<Message> {
    guard !tokens.isEmpty else { return .none }
    return .run("reviewing", cancelling: "review", awaited: false) { [context] in
      // Where looking fails, nothing is said about these tokens, and the next look tries again.
      guard let found = try? context.administration.findings(of: tokens) else { return .looked([:]) }
      return .looked(
        Dictionary(tokens.map { ($0.id, found[$0.id] ?? []) }, uniquingKeysWith: { first, _ in first }))
    }
  }

  /// Takes over when tokens were last used, as gates saw it.
  private func takeOver() -> Effect<Message> {
    .run("taking over use", cancelling: "take over", awaited: false) { [context] in
      .tookOver(context.takeOverSomeUses())
    }
  }

  func detailRows(in bounds: Rect) -> Int { bounds.rows >= 14 ? bounds.rows >= 30 ? 4 : 1 : 0 }

  func details(rows count: Int) -> [String] {
    guard let row = rows.selected else { return [] }
    let note = row.row.token.particulars.note.lines.map(String.init).filter { !$0.isEmpty }
    guard count == 1 else { return row.row.details(context.clock) + note }
    let texts = [note.joined(separator: " ")].filter { !$0.isEmpty } + cutLine
    return texts.isEmpty ? [] : [texts.joined(separator: "; ")]
  }

  // MARK: - Rows

  private static func columns(
    _ context: ConsoleContext, _ findings: [TokenRowID: [TokenFinding]], _ choice: RowChoice<TokenRowID>
  ) -> [ListColumn<ListedTokenRow>] {
    let user = ListColumn<ListedTokenRow>(
      TokenSorting.user.column, "User", width: .flexible(least: 14, weight: 2),
      titleKey: TokenSorting.user.key
    ) { ListCell($0.account.name.text) }
    let review = ListColumn<ListedTokenRow>("review", "Review", width: .fixed(10), priority: 2) {
      findings[$0.id]?.first?.short ?? ListCell("")
    }
    return [user]
      + TokenRow.columns(context, token, before: [review], choice: choice, endKey: TokenSorting.expiry.key)
  }

  private static func source(
    _ context: ConsoleContext, _ order: TokenSorting
  ) -> LoadedList<ListedTokenRow>.Source {
    .asked("reading tokens", context, .tokens) {
      TokenQuery(conditions: try $0.all($1), order: order.order(at: context.now))
    } page: { reader, query, position, limit in
      ListPage(try reader.tokens(query, position, limit: limit))
    } rows: { listed in
      let rows = try TokenRow.rows(of: listed.map(\.token), context)
      return zip(listed, rows).map { ListedTokenRow(row: $1, account: $0.account, cursor: $0.cursor) }
    } count: {
      try $0.tokenCount($1.conditions)
    }
  }
}

/// A token in the list of all tokens.
struct ListedTokenRow: ListRow {
  let row: TokenRow
  let account: Account
  let cursor: TokenCursor
  var id: TokenRowID { row.id }
}

extension ListedToken: ListRow { var id: TokenRowID { token.id } }

extension TokenSorting {
  fileprivate var key: Key { self == .user ? "1" : "2" }
  /// The column whose title shows the order.
  fileprivate var column: String { self == .user ? "user" : "expires" }
  /// As in `by next expiry`.
  fileprivate var title: String { self == .user ? "user" : "next expiry" }
}

extension TokenFinding {
  /// The finding in at most ten cells.
  var short: ListCell {
    switch self {
    case .expires(let days): ListCell("ends ≤\(days < 10 ? " " : "")\(days) d", Style(.warning))
    case .reachesNothing: ListCell("no access", Style(.warning))
    case .unused: ListCell("unused \(Self.unusedDays)d")
    case .unowned: ListCell("no owner")
    }
  }
}
