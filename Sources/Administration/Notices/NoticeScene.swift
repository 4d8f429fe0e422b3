internal import Access
internal import Store

/// A problem of the store that `popsec doctor` found.
package struct NoticeFinding: Hashable, Sendable {
  /// The checked thing, such as `lookup key`.
  package let subject: String
  package let text: String

  package init(subject: String, text: String) {
    self.subject = subject
    self.text = text
  }
}

/// The data in which conditions look for sightings.
struct NoticeScene {
  let administration: Administration
  let settings: Settings
  let now: Timestamp
  /// The time of the condition's last look; nil before the first one.
  let lastLook: Timestamp?
  /// Finds the problems of the store, except those of its audit log.
  let health: () throws -> [NoticeFinding]

  func read<Result>(_ body: (any StoreReader) throws -> Result) throws -> Result {
    try administration.read(.useCase(.securityRead), body)
  }

  var uses: any UseReading { administration.uses }

  /// The time from which on the gates' records are looked at. Earlier records were seen by an earlier look,
  /// or are from before the first one. The time lies a day before the last look, because gates write some
  /// time after the event, and up to a day after it where they could not write before.
  var beginning: Timestamp { min(lastLook ?? now, now).adding(days: -1) }

  /// A token with its user or API user; nil where either is gone.
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
  /// The words for the token, as in `the token “portal” of “Portal Mexico”`.
  var noticeWords: String { "the token \(quoted(token.name.text)) of \(quoted(account.name.text))" }

  /// A sighting of the token. It tells no more than lists show, and nothing of the Token ID.
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
