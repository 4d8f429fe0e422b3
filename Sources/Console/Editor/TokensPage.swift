import Access
import Administration
import Store
import Terminal

/// The page *Tokens*: the tokens of a user, to be added, copied and revoked.
struct TokensPage: EditorPage {
  enum Message: Sendable {
    case rows(LoadedList<TokenRow>.Message)
    case add, open, copy, copyAddress, reveal, rename, changeExpiry, toggleDisabled, revoke, why
    case limit, rotate, limited
    case limitChoices(Token, Result<LimitChoices, Problem>)
    case rotating(Token, endingNow: Bool)
    case request(Result<CheckRequest?, Problem>)
    case select(TokenRowID)
    case revealed(Token, Result<TokenID, Problem>, RevealPurpose)
    case chooseWidget(Token, Result<[OfferedWidget], Problem>)
    case widgetChosen(Token, Widget)
    case addressed(Token, Widget, Result<TokenID, Problem>)
    case details(Result<TokenDetails, Problem>)
    case copyToken(TokenRowID)
    case judged(Token, CopiedText, Result<[String], Problem>)
    case copying(Token, CopiedText)
    case renamed, expiryChanged
    case confirmed(Token, Confirmation)
    case disable(Token)
    case done(String, Problem?)
  }

  let account: AccountID
  let context: ConsoleContext
  private(set) var rows: LoadedList<TokenRow>
  /// To be selected once the rows are there.
  private var wanted: TokenRowID?

  init(of account: AccountID, selecting token: TokenRowID? = nil, context: ConsoleContext) {
    self.account = account
    self.context = context
    wanted = token
    let list = WindowedList(
      columns: TokenRow.columns(mayCopy: context.may(.tokensCopy)),
      emptyLine: context.may(.tokensManage) ? "Click here to add a token" : "There are no tokens",
      isFilterable: false)
    rows = LoadedList(list, source: Self.source(account, context), headingRows: 1)
  }

  private static func source(_ account: AccountID, _ context: ConsoleContext) -> LoadedList<TokenRow>.Source {
    LoadedList.Source("reading tokens") { request in
      Problem.catching { request.page(of: try Self.rows(of: account, context)) }
    }
  }

  private static func rows(of account: AccountID, _ context: ConsoleContext) throws -> [TokenRow] {
    let now = context.now
    let administration = context.administration
    let tokens = try administration.read { try $0.tokens(of: account) }
    let usage = try administration.usage(of: tokens)
    let places = try administration.read { reader in
      try usage.mapValues { try $0.place.flatMap { try reader.name(of: $0) } }
    }
    return tokens.enumerated().map { index, token in
      TokenRow(
        token: token, index: index, state: token.state(at: now), usage: usage[token.id],
        placeName: places[token.id] ?? nil)
    }
  }

  var title: String { "Tokens" }
  var hasPendingChanges: Bool { false }
  mutating func save() -> Effect<Self> { .none }
  mutating func discard() -> Effect<Self> { .none }

  private var sealProblem: Problem? { context.administration.sealProblem.map { Problem($0) } }
  var canCopy: Bool { context.may(.tokensCopy) && sealProblem == nil }
  private var canAdd: Bool { context.may(.tokensManage) && sealProblem == nil }

  var bindings: [KeyBinding<Message>] {
    let ofToken = rows.selected.map { tokenBindings($0) } ?? []
    // Opening comes first, then copying and adding: the hint bar may not have room for all.
    let opening = rows.selected == nil ? [] : [Self.openBinding]
    return opening + ofToken.prefix(1) + addBindings + ofToken.dropFirst() + whyBindings
      + rows.list.bindings.map { $0.map { .rows(.list($0)) } }
  }

  /// Also of a revoked one.
  private static var openBinding: KeyBinding<Message> {
    KeyBinding(.enter, hint: "details", help: "show all that is known of it", group: "Tokens", message: .open)
  }

  private var addBindings: [KeyBinding<Message>] {
    guard canAdd else { return [] }
    let add = KeyBinding<Message>("a", hint: "add", help: "add a token", group: "Tokens", message: .add)
    guard rows.list.isEmpty else { return [add] }
    return [
      add,
      KeyBinding(.enter, hint: "add", help: "add a token", group: "Tokens", isHinted: false, message: .add),
    ]
  }

  /// Also of a revoked one: support's question is why it does not work.
  private var whyBindings: [KeyBinding<Message>] {
    guard rows.selected != nil else { return [] }
    return [
      KeyBinding("w", hint: "why", help: "why it opens something or not", group: "Tokens", message: .why)
    ]
  }

  private func tokenBindings(_ row: TokenRow) -> [KeyBinding<Message>] {
    guard row.state != .revoked else { return [] }
    var bindings: [KeyBinding<Message>] = []
    if canCopy {
      bindings = [
        KeyBinding(
          "c", hint: "copy", help: "copy the Token ID to your terminal's clipboard", group: "Tokens",
          message: .copy),
        KeyBinding(
          "u", hint: "copy address", help: "copy a widget's address with the token", group: "Tokens",
          message: .copyAddress),
        KeyBinding(
          "v", hint: "reveal", help: "show the Token ID for 20 s", group: "Tokens", message: .reveal),
      ]
    }
    guard context.may(.tokensManage) else { return bindings }
    let isDisabled = row.token.isDisabled
    return bindings + [
      KeyBinding("r", hint: "rename", help: "rename the token", group: "Tokens", message: .rename),
      KeyBinding(
        "x", hint: "expiry", help: "change when it expires", group: "Tokens", message: .changeExpiry),
      KeyBinding(
        "l", hint: "limit", help: "limit it to widgets, networks and a rate", group: "Tokens",
        message: .limit),
      KeyBinding(
        "T", hint: "rotate", help: "make a new Token ID for it", group: "Tokens", message: .rotate),
      KeyBinding(
        "d", hint: isDisabled ? "enable" : "disable",
        help: isDisabled ? "enable the token" : "disable the token",
        group: "Tokens", message: .toggleDisabled),
      KeyBinding(
        "R", .delete, hint: "revoke", help: "revoke the token for good", group: "Tokens", isDestructive: true,
        message: .revoke),
    ]
  }

  mutating func layout(in bounds: Rect) -> Effect<Self> {
    rows.layout(in: bounds.splitBottom(Self.detailRows(of: bounds)).rest) { .rows($0) }
  }

  /// Below the list, for the selected token, where there is room.
  private static func detailRows(of bounds: Rect) -> Int { bounds.rows >= 12 ? 4 : 0 }
  mutating func appear() -> Effect<Self> { rows.reload { .rows($0) } }
  mutating func reappear() -> Effect<Self> { rows.reload { .rows($0) } }

  mutating func update(_ message: Message) -> Effect<Self> {
    switch message {
    case .rows(let message): return follow(message)
    case .add: return .open(TokenDialog.add(to: account, context: context)) { .select($0) }
    case .select(let id):
      wanted = id
      return .batch(
        .toast("token added; c sends its Token ID to your clipboard", .good), rows.reload { .rows($0) })
    case .open: return readDetails()
    case .details(let details): return showDetails(details)
    case .copy: return copySelected()
    case .copyToken(let id): return copy(id)
    case .judged(let token, let text, let reasons): return judged(token, text, reasons)
    case .copying(let token, let text): return copy(token, text)
    case .reveal: return reveal()
    case .revealed(let token, let result, let purpose): return use(token, result, purpose)
    case .copyAddress: return chooseWidget()
    case .chooseWidget(let token, let widgets): return choose(token, widgets)
    case .widgetChosen(let token, let widget): return lookAtAddress(token, widget)
    case .addressed(let token, let widget, let result): return useAddress(token, widget, result)
    case .rename: return rename()
    case .why: return rows.selected.map { why($0.token.id) } ?? .none
    case .request(let request): return WhyScreen.open(request, context)
    case .renamed: return .toast("token renamed", .good)
    case .changeExpiry: return changeExpiry()
    case .expiryChanged: return .toast("expiry changed", .good)
    case .limit: return limit()
    case .limitChoices(let token, let choices): return askLimits(token, choices)
    case .limited: return .toast("limits saved", .good)
    case .rotate: return askToRotate()
    case .rotating(let token, let endingNow): return rotate(token, endingNow: endingNow)
    case .toggleDisabled: return toggleDisabled()
    case .revoke: return askToRevoke()
    case .confirmed(let token, .confirm): return revoke(token)
    case .confirmed(_, .cancel): return .none
    case .disable(let token): return setDisabled(true, token)
    case .done(let text, nil): return .batch(.toast(text, .good), rows.reload { .rows($0) })
    case .done(_, let problem?): return .batch(.toast(problem), rows.reload { .rows($0) })
    }
  }

  private mutating func follow(_ message: LoadedList<TokenRow>.Message) -> Effect<Self> {
    let (event, effect) =
      rows.update(message) { Message.rows($0) } as (WindowedList<TokenRow>.Event?, Effect<Self>)
    if let id = wanted, rows.list.rows.contains(where: { $0.id == id }) {
      wanted = nil
      _ = rows.list.update(.select(id))
    }
    switch event {
    case .link: return .batch(effect, .send(.copy))
    case .emptyLine: return canAdd ? .batch(effect, .send(.add)) : effect
    case .header, nil: return effect
    }
  }

  func draw(on frame: inout Frame<Message>) {
    let (heading, rest) = frame.bounds.splitTop(1)
    let (list, details) = rest.splitBottom(Self.detailRows(of: frame.bounds))
    frame.child(list, { .rows($0) }) { rows.draw(on: &$0) }
    let lines = (rows.selected?.details(at: context.now) ?? []).flatMap { wrap($0, columns: details.columns) }
    for (offset, line) in lines.prefix(details.rows).enumerated() {
      frame.put(
        line, column: details.column, row: details.row + offset, style: .muted, columns: details.columns)
    }
    Heading(text: "Tokens", action: canAdd ? "Add token" : nil).draw(in: heading, on: &frame, .add)
    if let sealProblem {
      frame.putFitted("Copying isn't possible here: \(sealProblem.line)", in: rest, style: Style(.warning))
    } else {
      frame.putFitted(
        "Times are in UTC. Use: {Widget URL}?token={Token ID}", in: rest, style: .muted)
    }
  }
}
