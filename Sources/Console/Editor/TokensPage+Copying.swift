import Access
import Administration
import Store
import Terminal

/// What is sent to the clipboard.
enum CopiedText: Hashable, Sendable {
  case tokenID
  /// The address of a widget, with the token.
  case address(Widget)
}

/// Copying and revealing Token IDs.
extension TokensPage {
  // MARK: - The Token ID

  func copySelected() -> Effect<Self> { rows.selected.map { look($0.token, .tokenID) } ?? .none }

  /// The details of a token may outlive its row: what is copied is the token that was shown.
  func copy(_ id: TokenRowID) -> Effect<Self> {
    rows.list.rows.first { $0.id == id }.map { look($0.token, .tokenID) } ?? .none
  }

  func reveal() -> Effect<Self> {
    guard canCopy, let row = rows.selected, row.state != .revoked else { return .none }
    return obtain(row.token, .reveal)
  }

  /// The Token ID, audited, for a purpose.
  private func obtain(_ token: Token, _ purpose: RevealPurpose) -> Effect<Self> {
    if context.isRecordingSafe { return elsewhere(token) }
    return .run("opening the Token ID") { [context] in
      .revealed(token, context.change { try $0.reveal(token.id, for: purpose) }, purpose)
    }
  }

  func use(
    _ token: Token, _ result: Result<TokenID, Problem>, _ purpose: RevealPurpose
  ) -> Effect<Self> {
    switch (result, purpose) {
    case (.failure, _) where context.isRecordingSafe: elsewhere(token)
    case (.failure(let problem), _): .toast(problem)
    case (.success(let id), .copy):
      .tell(ClipboardService.Message.copy(SecretText(id), what: "Token ID of \(quotedName(token.name))"))
    case (.success(let id), .reveal):
      .open(RevealScreen(SecretText(id), what: "Token ID of \(quotedName(token.name))"))
    }
  }

  /// In recording-safe mode: how to get it elsewhere.
  private func elsewhere(_ token: Token, _ address: Address? = nil) -> Effect<Self> {
    .open(ElsewhereScreen(token, address: address, context: context))
  }

  // MARK: - What is said before

  /// Looks whether what is to be copied opens anything: who pastes it elsewhere would find out there.
  private func look(_ token: Token, _ text: CopiedText) -> Effect<Self> {
    guard canCopy, token.revokedAt == nil else { return .none }
    if !context.isRecordingSafe, let obstacle = context.clipboard.obstacle {
      return .toast(obstacle.line, .warning)
    }
    return .run("looking at the token") { [context] in
      .judged(token, text, Problem.catching { try context.whyUseless(token, text) })
    }
  }

  func judged(_ token: Token, _ text: CopiedText, _ reasons: Result<[String], Problem>) -> Effect<Self> {
    switch reasons {
    case .failure(let problem): return .toast(problem)
    case .success([]): return copy(token, text)
    case .success(let reasons):
      let what =
        switch text {
        case .tokenID: "\(quotedName(token.name)) opens nothing now."
        case .address(let widget): "\(quotedName(token.name)) doesn't open \(quotedName(widget.name)) now."
        }
      return .open(
        ConfirmDialog.harmless(
          title: "Copy all the same?", text: what, points: reasons, action: "Copy")
      ) { $0 == .confirm ? .copying(token, text) : nil }
    }
  }

  func copy(_ token: Token, _ text: CopiedText) -> Effect<Self> {
    switch text {
    case .tokenID: obtain(token, .copy)
    case .address(let widget): obtainAddress(token, widget)
    }
  }

  // MARK: - A widget's address

  func chooseWidget() -> Effect<Self> {
    if !context.isRecordingSafe, let obstacle = context.clipboard.obstacle {
      return .toast(obstacle.line, .warning)
    }
    guard canCopy, let token = rows.selected?.token else { return .none }
    return .run("reading widgets") { [context] in
      .chooseWidget(token, Problem.catching { try context.offeredWidgets(for: token) })
    }
  }

  func choose(_ token: Token, _ result: Result<[OfferedWidget], Problem>) -> Effect<Self> {
    switch result {
    case .failure(let problem): return .toast(problem)
    case .success(let offered):
      guard !offered.isEmpty else {
        return .toast("the catalogue has no widget that this token opens", .warning)
      }
      return .open(
        ChoiceDialog(
          title: "Copy a widget's address", text: "Which widget?",
          rows: offered.map(\.row))
      ) { id in offered.first { $0.widget.id == id }.map { .widgetChosen(token, $0.widget) } }
    }
  }

  func lookAtAddress(_ token: Token, _ widget: Widget) -> Effect<Self> { look(token, .address(widget)) }

  private func obtainAddress(_ token: Token, _ widget: Widget) -> Effect<Self> {
    if context.isRecordingSafe { return elsewhere(token, widget.address) }
    return .run("opening the Token ID") { [context] in
      .addressed(token, widget, context.change { try $0.reveal(token.id, for: .copy) })
    }
  }

  func useAddress(_ token: Token, _ widget: Widget, _ result: Result<TokenID, Problem>) -> Effect<Self> {
    switch result {
    case .failure where context.isRecordingSafe: elsewhere(token, widget.address)
    case .failure(let problem): .toast(problem)
    case .success(let id):
      .tell(
        ClipboardService.Message.copy(
          SecretText(id, in: widget.address), what: "address of \(quotedName(widget.name)) with the token"))
    }
  }
}

extension ConsoleContext {
  /// Why what is to be copied opens nothing now, a reason each; empty where it opens something. The token may have
  /// been changed since its row was read.
  fileprivate func whyUseless(_ token: Token, _ text: CopiedText) throws -> [String] {
    let now = now
    let found = try administration.read { reader in
      (token: try reader.token(token.id), account: try reader.account(token.account))
    }
    guard let token = found.token, let account = found.account else { return [] }
    switch text {
    case .tokenID:
      let state = token.whyUseless(at: now).map { [$0] } ?? []
      let user = account.isEnabled ? [] : ["\(account.kind.title) \(quotedName(account.name)) is disabled"]
      return state + user
    case .address(let widget):
      let verdict = try administration.check(Self.request(token, of: account, for: widget))
      return verdict.decision.isAllowed ? [] : [verdict.reason]
    }
  }
}

extension Token {
  /// Nil where it is live.
  fileprivate func whyUseless(at now: Timestamp) -> String? {
    switch state(at: now) {
    case .live: nil
    case .disabled: "it is disabled: it opens nothing until it is enabled"
    case .expired: "it expired" + (expiry.timestamp.map { " on \($0.minute) UTC" } ?? "")
    case .revoked: "it was revoked for good"
    }
  }
}
