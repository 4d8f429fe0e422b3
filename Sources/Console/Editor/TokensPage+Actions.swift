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

  func rename() -> Effect<Self> {
    guard let token = rows.selected?.token else { return .none }
    return .open(
      NameDialog.renaming(token.name, title: "Rename token") { [context] name in
        context.change { try $0.rename(token.id, to: name) }.problem
      }
    ) { _ in .renamed }
  }

  /// All that is known of the selected token.
  func readDetails() -> Effect<Self> {
    guard let row = rows.selected else { return .none }
    return .run("reading the token") { [context] in
      .details(
        context.read { reader in
          let account = try reader.account(row.token.account)
          return TokenDetails(row, of: account, try LimitChoices(reader), at: context.now)
        })
    }
  }

  func showDetails(_ details: Result<TokenDetails, Problem>) -> Effect<Self> {
    switch details {
    case .failure(let problem): .toast(problem)
    case .success(let details):
      .open(TokenScreen(details, isCopyable: canCopy && details.state != .revoked)) { .copyToken($0) }
    }
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
