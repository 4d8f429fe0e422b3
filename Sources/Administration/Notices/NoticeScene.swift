internal import Access
internal import Store

/// Something that is wrong with the store, as `popsec doctor` found it.
package struct NoticeFinding: Hashable, Sendable {
  /// What was looked at, such as `lookup key`.
  package let subject: String
  package let text: String

  package init(subject: String, text: String) {
    self.subject = subject
    self.text = text
  }
}

/// What conditions look at.
struct NoticeScene {
  let administration: Administration
  let settings: Settings
  let now: Timestamp
  /// When the condition was last looked at; nil before the first time.
  let lastLook: Timestamp?
  /// What is wrong with the store, beside its audit log.
  let health: () throws -> [NoticeFinding]

  func read<Result>(_ body: (any StoreReader) throws -> Result) throws -> Result {
    try administration.read(.useCase(.securityRead), body)
  }

  var uses: any UseReading { administration.uses }

  /// What happened before was told by an earlier look, or was there before anybody looked. Gates write a little later
  /// than what they write of, and one that could not write does so up to a day later.
  var beginning: Timestamp { min(lastLook ?? now, now).adding(days: -1) }

  /// A token and the user or API user whose it is; nil where either is gone.
  func holder(of token: TokenRowID) throws -> TokenOwner? {
    try read { reader in
      guard let token = try reader.token(token), let account = try reader.account(token.account) else {
        return nil
      }
      return TokenOwner(account: account, token: token)
    }
  }
}

extension TokenOwner {
  /// As in `the token “portal” of “Portal Mexico”`.
  var noticeWords: String { "the token \(quoted(token.name.text)) of \(quoted(account.name.text))" }

  /// No more than lists show, and nothing of the Token ID.
  func sighting(
    _ mark: String, at time: Timestamp, _ words: String, _ data: [String: NoticeDatum] = [:]
  ) -> NoticeSighting {
    let facts: [String: NoticeDatum] = [
      "token": .text(token.name.text), "tokenId": .text(token.id.description),
      "account": .text(account.name.text), "accountId": .text(account.id.description),
      "accountKind": .text(account.kind.rawValue),
    ]
    return NoticeSighting(
      subject: "token/\(token.id)", mark: mark, at: time, words: "\(noticeWords) \(words)",
      data: facts.merging(data) { $1 })
  }
}
