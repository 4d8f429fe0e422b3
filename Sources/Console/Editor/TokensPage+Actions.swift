import Access
import Administration
import Store
import Terminal

/// What can be done with the selected token.
extension TokensPage {
  func why(_ token: TokenRowID) -> Effect<Self> {
    .run("reading") { [account, context] in
      .request(WhyScreen.likelyRequest(of: .account(account), token: token, context: context))
    }
  }

  /// The Token ID, audited, for a purpose.
  func obtain(_ purpose: RevealPurpose) -> Effect<Self> {
    if let token = rows.selected?.token, canCopy, context.isRecordingSafe { return elsewhere(token) }
    if purpose == .copy, let obstacle = context.clipboard.obstacle { return .toast(obstacle.line, .warning) }
    guard canCopy, let row = rows.selected, row.state != .revoked else { return .none }
    return .run("opening the Token ID") { [context] in
      .revealed(row.token, context.change { try $0.reveal(row.token.id, for: purpose) }, purpose)
    }
  }

  func use(_ token: Token, _ result: Result<TokenID, Problem>, _ purpose: RevealPurpose) -> Effect<
    Self
  > {
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

  func chooseWidget() -> Effect<Self> {
    if !context.isRecordingSafe, let obstacle = context.clipboard.obstacle {
      return .toast(obstacle.line, .warning)
    }
    guard canCopy, let token = rows.selected?.token else { return .none }
    return .run("reading widgets") { [context] in .chooseWidget(token, context.read { try $0.widgets() }) }
  }

  func choose(_ token: Token, _ result: Result<[Widget], Problem>) -> Effect<Self> {
    switch result {
    case .failure(let problem): return .toast(problem)
    case .success(let widgets):
      // A limited token opens its own widgets and no others.
      let limits = token.limits
      let isLimited = !limits.widgets.isEmpty || !limits.endpoints.isEmpty
      let offered = isLimited ? widgets.filter { limits.widgets.contains($0.id) } : widgets
      guard !offered.isEmpty else {
        return .toast("the catalogue has no widget that this token opens", .warning)
      }
      return .open(
        ChoiceDialog(
          title: "Copy a widget's address", text: "Which widget?",
          rows: offered.map { .init($0.id, $0.name.text, detail: $0.address.text) })
      ) { id in offered.first { $0.id == id }.map { .widgetChosen(token, $0) } }
    }
  }

  func obtainAddress(_ token: Token, _ widget: Widget) -> Effect<Self> {
    if context.isRecordingSafe { return elsewhere(token, widget.address) }
    return .run("opening the Token ID") { [context] in
      .addressed(token, widget, context.change { try $0.reveal(token.id, for: .copy) })
    }
  }

  func useAddress(_ token: Token, _ widget: Widget, _ result: Result<TokenID, Problem>) -> Effect<
    Self
  > {
    switch result {
    case .failure where context.isRecordingSafe: elsewhere(token, widget.address)
    case .failure(let problem): .toast(problem)
    case .success(let id):
      .tell(
        ClipboardService.Message.copy(
          SecretText(id, in: widget.address), what: "address of \(quotedName(widget.name)) with the token"))
    }
  }

  func rename() -> Effect<Self> {
    guard let token = rows.selected?.token else { return .none }
    return .open(
      NameDialog(title: "Rename token", value: token.name.text, action: "Rename") { [context] name in
        context.change { try $0.rename(token.id, to: name) }.problem
      }
    ) { _ in .renamed }
  }

  func changeExpiry() -> Effect<Self> {
    guard let token = rows.selected?.token else { return .none }
    return .open(TokenDialog.setExpiry(of: token, context: context)) { _ in .expiryChanged }
  }

  func limit() -> Effect<Self> {
    guard let token = rows.selected?.token else { return .none }
    return .run("reading the catalogue") { [context] in
      .limitChoices(token, context.read { try LimitChoices($0) })
    }
  }

  func askLimits(_ token: Token, _ choices: Result<LimitChoices, Problem>) -> Effect<Self> {
    switch choices {
    case .failure(let problem): .toast(problem)
    case .success(let choices):
      .open(TokenLimitsDialog(token, choices, context: context)) { _ in .limited }
    }
  }

  func askToRotate() -> Effect<Self> {
    guard let row = rows.selected, row.state != .revoked else { return .none }
    let token = row.token
    if let problem = context.administration.sealProblem { return .toast(Problem(problem).line, .danger) }
    let end = context.now.adding(days: Change.rotationDays)
    let stillOlder = row.usage?.olderValid(of: token, at: context.now)
    return .open(
      QuestionDialog(
        title: "Rotate token", text: "Make a new Token ID for \(quotedName(token.name))?",
        points: [
          "the one before stays valid until the new one is first used",
          "at the latest until \(end.minute) UTC, or it ends now",
        ]
          + [stillOlder.map { "\($0.hint.masked), an older one that still is valid, ends now" }].compactMap(
            \.self)
          + [TakingBack.never],
        buttons: [
          Button(RotationAnswer.keeping, "Rotate", isDefault: true),
          Button(.endingNow, "End old one now"),
          Button(.cancel, "Cancel"),
        ])
    ) { $0 == .cancel ? nil : .rotating(token, endingNow: $0 == .endingNow) }
  }

  func rotate(_ token: Token, endingNow: Bool) -> Effect<Self> {
    .run("rotating") { [context] in
      let end = endingNow ? context.now : context.now.adding(days: Change.rotationDays)
      return .done(
        "\(quotedName(token.name)) has a new Token ID; c copies it",
        context.change { try $0.rotate(token.id, olderValidUntil: end) }.problem)
    }
  }

  func toggleDisabled() -> Effect<Self> {
    guard let token = rows.selected?.token else { return .none }
    guard !token.isDisabled else { return setDisabled(false, token) }
    return .open(
      EffectDialog(
        title: "Disable token", text: "Disable \(quotedName(token.name))?",
        points: ["it opens nothing until it is enabled again"], action: "Disable", isDestructive: true
      ) { [context] in
        context.effect { administration in try administration.change { try $0.setDisabled(true, token.id) } }
      }
    ) { $0 == .confirm ? .disable(token) : nil }
  }

  func setDisabled(_ becomes: Bool, _ token: Token) -> Effect<Self> {
    .run("saving") { [context] in
      .done(
        "\(quotedName(token.name)) \(becomes ? "disabled" : "enabled")",
        context.change { try $0.setDisabled(becomes, token.id) }.problem)
    }
  }

  func askToRevoke() -> Effect<Self> {
    guard let token = rows.selected?.token else { return .none }
    return .open(
      EffectDialog(
        title: "Revoke token", text: "Revoke \(quotedName(token.name))?",
        points: ["it opens nothing from then on", TakingBack.never], action: "Revoke",
        isDestructive: true, typing: token.name.text
      ) { [context] in
        context.effect { administration in try administration.change { try $0.revoke(token.id) } }
      }
    ) { .confirmed(token, $0) }
  }

  func revoke(_ token: Token) -> Effect<Self> {
    .run("revoking") { [context] in
      .done("\(quotedName(token.name)) revoked", context.change { try $0.revoke(token.id) }.problem)
    }
  }
}

/// What becomes of the Token ID before when a token is rotated.
private enum RotationAnswer: Hashable, Sendable {
  /// It stays valid until the new one is used.
  case keeping
  case endingNow
  case cancel
}
