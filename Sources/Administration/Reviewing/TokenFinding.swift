package import Access

/// What of a live token somebody should look at.
package enum TokenFinding: Hashable, Sendable {
  /// It ends within so many days: 30, 7 or 1.
  case expires(withinDays: Int64)
  /// Not used for so long; since it was made, where it never was.
  case unused(days: Int64)
  /// Whatever it asks for is denied.
  case reachesNothing

  package static let unusedDays: Int64 = 90
  package static let expiryDays: [Int64] = [1, 7, 30]

  /// As in `expires within 7 days`.
  package var text: String {
    switch self {
    case .expires(let days): "expires within \(days) \(days == 1 ? "day" : "days")"
    case .unused(let days): "unused for \(days) days"
    case .reachesNothing: "reaches nothing"
    }
  }

  /// For programs: `expires`, `unused` or `reachesNothing`.
  package var kind: String {
    switch self {
    case .expires: "expires"
    case .unused: "unused"
    case .reachesNothing: "reachesNothing"
    }
  }

  /// Whether it is found by what gates recorded.
  package var isAboutUse: Bool { if case .unused = self { true } else { false } }

  /// The most urgent first; nothing of a token that is not live.
  package static func all(
    of token: Token, lastUsedAt: Timestamp?, reachesSomething: Bool, now: Timestamp
  ) -> [TokenFinding] {
    guard token.state(at: now) == .live else { return [] }
    var found: [TokenFinding] = []
    if let end = token.expiry.timestamp, let days = expiryDays.first(where: { end <= now.adding(days: $0) }) {
      found.append(.expires(withinDays: days))
    }
    if !reachesSomething { found.append(.reachesNothing) }
    let since = [lastUsedAt, token.lastUsedAt, token.createdAt].compactMap { $0 }.max() ?? token.createdAt
    let idle = (now.secondsSince1970 - since.secondsSince1970) / 86_400
    if idle >= unusedDays { found.append(.unused(days: idle)) }
    return found
  }
}

extension AccountReach {
  /// Whether a live token of the account opens anything, from wherever it is used.
  func opensSomething(_ token: Token) -> Bool {
    guard account?.isEnabled == true else { return false }
    if !(tokens[token.id] ?? []).isEmpty || isAdministrator { return true }
    return !token.limits.isLimitedToPlaces && !pairs.isEmpty
  }
}
