import Access
import Administration
import Store
import Terminal

/// The text that is sent to the clipboard.
enum CopiedText: Hashable, Sendable {
  case tokenID
  /// The address of a widget, with the token.
  case address(Widget)
}

/// Copies and reveals Token IDs.
extension ConsoleContext {
  /// The reason why no Token ID can be opened here; nil where it can.
  var sealObstacle: String? { administration.sealProblem.map { Problem($0).line } }
  /// The reason why no Token ID can be copied; nil where it can.
  var copyObstacle: String? { obstacle(.tokensCopy) ?? sealObstacle }

  /// Copies the Token ID of an account's live token. Where it has several, or none, the page of its tokens is opened
  /// instead, and says so.
  func copyOnlyToken<Message: Sendable>(of account: Account, or tokens: EditorScreen) -> Effect<Message> {
    .reading("reading tokens") {
      try administration.read { try $0.tokens(of: account.id) }.filter { $0.state(at: now) == .live }
    } then: { live in
      if live.count == 1 { return copy(live[0], .tokenID) }
      let many = live.isEmpty ? "no live token" : "\(live.count) live tokens: choose one"
      return .batch(.open(tokens), .toast("\(quotedName(account.name)) has \(many)", .warning))
    }
  }

  /// Copies a token's text. It first checks whether the token opens anything now, because otherwise the
  /// person would find out only after pasting it elsewhere.
  func copy<Message: Sendable>(_ token: Token, _ text: CopiedText) -> Effect<Message> {
    if !isRecordingSafe, let obstacle = clipboard.obstacle {
      return .toast(obstacle.line, .warning)
    }
    return .reading("looking at the token") {
      try whyUseless(token, text)
    } then: { reasons in
      guard !reasons.isEmpty else { return send(token, text) }
      let what =
        switch text {
        case .tokenID: "\(quotedName(token.name)) opens nothing now."
        case .address(let widget): "\(quotedName(token.name)) doesn't open \(quotedName(widget.name)) now."
        }
      return ConfirmDialog.harmless(title: "Copy all the same?", text: what, points: reasons, action: "Copy")
        .confirmed(send(token, text))
    }
  }

  private func send<Message: Sendable>(_ token: Token, _ text: CopiedText) -> Effect<Message> {
    switch text {
    case .tokenID:
      obtain(token, .copy) {
        .tell(ClipboardService.Message.copy(SecretText($0), what: "Token ID of \(quotedName(token.name))"))
      }
    case .address(let widget):
      obtain(token, .copy, for: widget.address) {
        .tell(
          ClipboardService.Message.copy(
            SecretText($0, in: widget.address), what: "address of \(quotedName(widget.name)) with the token"))
      }
    }
  }

  func reveal<Message: Sendable>(_ token: Token) -> Effect<Message> {
    obtain(token, .reveal) {
      .open(RevealScreen(SecretText($0), what: "Token ID of \(quotedName(token.name))"))
    }
  }

  /// Obtains the Token ID for a purpose, which is audited. In recording-safe mode it shows how to get the
  /// Token ID elsewhere.
  private func obtain<Message: Sendable>(
    _ token: Token, _ purpose: RevealPurpose, for address: Address? = nil,
    then use: @escaping @Sendable (TokenID) -> Effect<Message>
  ) -> Effect<Message> {
    let elsewhere = Effect<Message>.open(ElsewhereScreen(token, address: address, context: self))
    if isRecordingSafe { return elsewhere }
    return .run("opening the Token ID") {
      change { try $0.reveal(token.id, for: purpose) }
    } then: { result in
      switch result {
      case .success(let id): use(id)
      case .failure where isRecordingSafe: elsewhere
      case .failure(let problem): .toast(problem)
      }
    }
  }

  func chooseWidget<Message: Sendable>(_ token: Token) -> Effect<Message> {
    if !isRecordingSafe, let obstacle = clipboard.obstacle {
      return .toast(obstacle.line, .warning)
    }
    return .reading("reading widgets") {
      try offeredWidgets(for: token)
    } then: { offered in
      guard !offered.isEmpty else {
        return .toast("the catalogue has no widget that this token opens", .warning)
      }
      let dialog = ChoiceDialog(
        title: "Copy a widget's address", text: "Which widget?", rows: offered.map(\.row))
      return .ask(dialog) { id in
        offered.first { $0.widget.id == id }.map { copy(token, .address($0.widget)) } ?? .none
      }
    }
  }
}

extension ConsoleContext {
  /// The reasons why the copied text opens nothing now; empty where it opens something. The token is read
  /// again, because it may have changed since its row was read.
  fileprivate func whyUseless(_ token: Token, _ text: CopiedText) throws -> [String] {
    let clock = clock
    let found = try administration.read { reader in
      (token: try reader.token(token.id), account: try reader.account(token.account))
    }
    guard let token = found.token, let account = found.account else { return [] }
    switch text {
    case .tokenID:
      let state = token.whyUseless(clock).map { [$0] } ?? []
      let user = account.isEnabled ? [] : ["\(account.kind.title) \(quotedName(account.name)) is disabled"]
      return state + user
    case .address(let widget):
      let verdict = try administration.check(Self.request(token, of: account, for: widget))
      return verdict.decision.isAllowed ? [] : [verdict.reason(clock.words)]
    }
  }
}

extension Token {
  /// The reason why the token is not live; nil where it is.
  fileprivate func whyUseless(_ clock: Clock) -> String? {
    switch state(at: clock.now) {
    case .live: nil
    case .disabled: "it is disabled: it opens nothing until it is enabled"
    case .expired: "it expired" + (expiry.timestamp.map { " \(clock.told($0))" } ?? "")
    case .notYetValid: "it is not yet valid" + (validFrom.map { ": it begins \(clock.told($0))" } ?? "")
    case .revoked: "it was revoked for good"
    }
  }
}
