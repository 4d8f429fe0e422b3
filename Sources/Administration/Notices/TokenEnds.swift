internal import Access
internal import Store

extension NoticeCondition {
  static let tokenEnds = NoticeCondition(
    "token.ends", "a token ends within 30, 7 or 1 days", for: .securityRead
  ) { scene in
    var found: [NoticeSighting] = []
    var after: TokenEnd?
    let last = TokenFinding.expiryDays.max() ?? 0
    while true {
      let page = try scene.read { reader in
        try reader.tokens(
          endingAfter: scene.now, upTo: scene.now.adding(days: last), after: after, limit: maximumPageRows
        ).map { ($0, try reader.account($0.account)) }
      }
      for (token, account) in page {
        after = token.expiry.timestamp.map { TokenEnd(at: $0, token: token.id) }
        guard let account else { continue }
        found += [tokenEnd(of: TokenOwner(account: account, token: token), at: scene.now)].compactMap { $0 }
      }
      if page.count < maximumPageRows { return found }
    }
  }

  /// The narrowest threshold that a live token has passed. Wider thresholds have nothing to add. A token
  /// never passes a threshold that was already behind it when the token was made. An end that is set anew is
  /// an occasion of its own.
  static func tokenEnd(of holder: TokenOwner, at now: Timestamp) -> NoticeSighting? {
    guard holder.token.state(at: now) == .live, let end = holder.token.expiry.timestamp,
      let days = TokenFinding.expiryDays.first(where: { end <= now.adding(days: $0) })
    else { return nil }
    let passed = end.adding(days: -days)
    guard holder.token.createdAt < passed else { return nil }
    return holder.sighting(
      "\(end)/\(days)d", at: passed,
      "\(TokenFinding.expires(withinDays: days).text), at \(end.minute) UTC",
      ["expires": .text(end.description), "withinDays": .number(days)])
  }
}
