package import Access

/// A reason why somebody should look at a live token.
package enum TokenFinding: Hashable, Sendable {
  /// The token ends within this number of days: 30, 7 or 1.
  case expires(withinDays: Int64)
  /// The token was not used for this number of days. A token that was never used counts from when it was
  /// made.
  case unused(days: Int64)
  /// Every request with the token is denied.
  case reachesNothing
  /// Nobody answers for the token: neither it nor its API user has an owner, or the owner is a user who is disabled
  /// or deleted.
  case unowned(Ownership)

  package static let unusedDays: Int64 = 90
  package static let expiryDays: [Int64] = [1, 7, 30]

  /// The finding in words, as in `expires within 7 days`.
  package var text: String {
    switch self {
    case .expires(let days): "expires within \(days) \(days == 1 ? "day" : "days")"
    case .unused(let days): "unused for \(days) days"
    case .reachesNothing: "reaches nothing"
    case .unowned(let ownership): ownership.finding ?? "owned"
    }
  }

  /// The finding for programs: `expires`, `unused`, `reachesNothing`, or `noOwner`,
  /// `ownerDisabled` or `ownerDeleted`.
  package var kind: String {
    switch self {
    case .expires: "expires"
    case .unused: "unused"
    case .reachesNothing: "reachesNothing"
    case .unowned(.disabledUser): "ownerDisabled"
    case .unowned(.deletedUser): "ownerDeleted"
    case .unowned: "noOwner"
    }
  }

  /// Whether the finding rests on the records of gates.
  package var isAboutUse: Bool { if case .unused = self { true } else { false } }

  /// The findings of a token, the most urgent first. A token that is not live has none.
  package static func all(
    of token: Token, lastUsedAt: Timestamp?, reachesSomething: Bool, ownership: Ownership = .owned,
    now: Timestamp
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
    if ownership != .owned { found.append(.unowned(ownership)) }
    return found
  }
}

extension AccountReach {
  /// Whether a live token of the account opens anything, from any source address.
  func opensSomething(_ token: Token) -> Bool {
    guard account?.isEnabled == true else { return false }
    if !(tokens[token.id] ?? []).isEmpty || isAdministrator { return true }
    return !token.limits.isLimitedToPlaces && !pairs.isEmpty
  }
}
