extension LawTrial {
  /// The tokens that do not obey, each with its fault. A token counts from when it is valid, unless it is revoked, disabled
  /// or expired. An exception excuses a token as long as both last.
  func tokens(failing demands: TokenDemands) -> [(token: TokenRowID, fault: TokenFault, at: Timestamp)] {
    subject.tokens.compactMap { token in
      guard token.revokedAt == nil, !token.isDisabled else { return nil }
      return fault(of: token, demands).map { (token.id, $0.fault, $0.at) }
    }
  }

  /// The first of these tokens that did not fail before.
  func first(
    of failing: [(token: TokenRowID, fault: TokenFault, at: Timestamp)], since past: () -> LawTrial?
  ) -> Found? {
    guard !failing.isEmpty else { return nil }
    var former: Set<TokenRowID> = []
    if let past = past(), case .tokens(_, let demands) = past.law.form {
      former = Set(past.tokens(failing: demands).map(\.token))
    }
    return failing.filter { !former.contains($0.token) }.min { $0.at < $1.at }.map {
      Found(finding: .token($0.token, $0.fault), at: $0.at)
    }
  }

  private func fault(of token: Token, _ demands: TokenDemands) -> (fault: TokenFault, at: Timestamp)? {
    guard let live = token.bounds.intersection(Bounds(startingAt: now)) else { return nil }
    if let fault = demands.lastingFault(of: token), let at = live.firstUncovered(by: exception, from: now) {
      return (fault, at)
    }
    guard let days = demands.unusedDays, live.contains(now), !isExcepted, token.idleDays(at: now) >= days
    else {
      return nil
    }
    return (.unused(days: days), now)
  }

  /// Whether the subject has no owner at present, or one who is gone or disabled.
  var isUnowned: Bool { subject.ownership != .owned && !isExcepted }

  private var isExcepted: Bool { exception.contains { $0.contains(now) } }
  private var exception: [Bounds] { law.exceptions[.present(subject.id)].map { [Bounds(until: $0)] } ?? [] }
}

extension TokenDemands {
  /// What a token lacks as long as nobody changes it; nil where nothing.
  fileprivate func lastingFault(of token: Token) -> TokenFault? {
    if isExpiring, token.expiry == .never { return .neverExpires }
    if let days = maximumDays, token.expiry.isLater(than: token.createdAt.adding(days: Int64(days))) {
      return .longerThan(days: days)
    }
    if needsNetworks, !token.limits.limitsNetworks { return .anyNetwork }
    if needsPlaces, !token.limits.isLimitedToPlaces { return .anyPlace }
    return nil
  }
}

extension TokenLimits {
  /// Whether some address is outside all networks. A network that holds every address of its kind limits nothing.
  fileprivate var limitsNetworks: Bool { !networks.isEmpty && networks.allSatisfy { $0.prefixBits > 0 } }
}

extension Expiry {
  fileprivate func isLater(than limit: Timestamp) -> Bool { timestamp.map { limit < $0 } ?? true }
}

extension Token {
  /// The whole days since the token was last used, or was made where nobody used it.
  fileprivate func idleDays(at now: Timestamp) -> Int {
    let since = lastUsedAt.map { max($0, createdAt) } ?? createdAt
    return Int((now.secondsSince1970 - since.secondsSince1970) / 86_400)
  }
}
