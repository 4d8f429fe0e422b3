import Access
import Administration
import Interchange
import Store
import Terminal

/// A list whose rows are tokens, with all that can be done with a token.
protocol TokenListing: ListScreen {
  var context: ConsoleContext { get }
  static func token(_ row: Row) -> TokenRow
  /// The things that are copied where a row is selected.
  func things(of row: Row) throws -> [EntryThing]
}

extension TokenListing {
  func things(of row: Row) throws -> [EntryThing] { [.token(Self.token(row).id)] }
}

/// The effects of the keys on a token.
extension TokenListing {
  /// Shows all that is known about a token.
  func open(_ row: TokenRow) -> Effect<Message> {
    .reading("reading the token") {
      let use = TokenUseDays.read(row.id, context)
      return try context.administration.read { reader in
        TokenDetails(
          row, of: try reader.account(row.token.account), try LimitChoices(reader),
          try AnswerFor(row.token, reader), use, context.clock)
      }
    } then: { details in
      let isCopyable = copyObstacle == nil && details.state != .revoked
      // The token that was shown is copied, even where its row is gone by now.
      return .ask(TokenScreen(details, isCopyable: isCopyable)) { _ in context.copy(row.token, .tokenID) }
    }
  }

  func limit(_ token: Token) -> Effect<Message> {
    .reading("reading the catalogue") {
      try context.administration.read { try LimitChoices($0) }
    } then: { choices in
      .ask(TokenLimitsDialog(token, choices, context: context)) { _ in .toast("limits saved", .good) }
    }
  }

  /// Asks who answers for it, what it is for, and for its labels.
  func describe(_ token: Token) -> Effect<Message> {
    let owners = KnownOwners()
    return .reading("reading the users") {
      try context.administration.read {
        try owners.read(token.particulars.owner, $0, now: context.now)
        return token
      }
    } then: { token in
      .ask(ParticularsDialog(token, owners, context: context)) { _ in .toast("token described", .good) }
    }
  }

  /// Asks when the Token ID that is valid now ends, since whoever uses it needs time for the exchange.
  func askToRotate(_ row: TokenRow) -> Effect<Message> {
    let token = row.token
    let end = context.now.adding(days: Change.rotationDays)
    let stillOlder = row.usage?.olderValid(of: token, at: context.now)
    let dialog = QuestionDialog(
      title: "Rotate token",
      text: "Make a new Token ID for \(quotedName(token.name))? When does the old one end?",
      points: [
        "once used: when the new one is first used, at the latest \(context.clock.dated(end))",
        "at …: at an instant that you choose, or when the new one is first used before",
      ] + (stillOlder.map { ["\($0.hint.masked), an older one that still is valid, ends now"] } ?? [])
        + [TakingBack.never],
      buttons: [
        Button(RotationAnswer.whenUsed, "Once used", isDefault: true), Button(.now, "Now"),
        Button(.at, "At …"), Button(.cancel, "Cancel"),
      ], escape: .cancel)
    return .ask(dialog) { answer in
      switch answer {
      case .cancel: .none
      case .whenUsed: rotate(token, olderValidUntil: end)
      case .now: rotate(token, olderValidUntil: context.now)
      case .at:
        .ask(InstantDialog.endOfOlderID(of: token.name, context: context)) {
          $0.instant.map { rotate(token, olderValidUntil: $0) } ?? .none
        }
      }
    }
  }

  private func rotate(_ token: Token, olderValidUntil end: Timestamp) -> Effect<Message> {
    let said = "\(quotedName(token.name)) has a new Token ID; c copies it"
    return context.carryOut(
      Deed("rotating", said: said) { try $0.rotate(token.id, olderValidUntil: end) })
  }

  func toggleDisabled(_ token: Token) -> Effect<Message> {
    let becomes = !token.isDisabled
    let name = quotedName(token.name)
    let deed = Deed(said: "\(name) \(becomes ? "disabled" : "enabled")") {
      try $0.setDisabled(becomes, token.id)
    }
    guard becomes else { return context.carryOut(deed) }
    return context.ask(
      "Disable token", "Disable \(name)?", points: ["it opens nothing until it is enabled again"],
      action: "Disable", before: deed)
  }

  func revoke(_ token: Token) -> Effect<Message> {
    let name = quotedName(token.name)
    return context.ask(
      "Revoke token", "Revoke \(name)?", points: ["it opens nothing from then on", TakingBack.never],
      action: "Revoke", typing: token.name.text,
      before: Deed("revoking", said: "\(name) revoked") { try $0.revoke(token.id) })
  }
}

/// When the Token ID that was valid before a rotation ends.
private enum RotationAnswer: Hashable, Sendable {
  case whenUsed, now, at, cancel
}
