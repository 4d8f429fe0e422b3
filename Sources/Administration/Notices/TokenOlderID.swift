internal import Access
internal import Store

extension NoticeCondition {
  static let tokenOlderID = NoticeCondition(
    "token.olderID", "an older Token ID of a token is still in use after a rotation", for: .securityRead
  ) { scene in
    var found: [NoticeSighting] = []
    var after: TokenRowID?
    while true {
      // A Token ID that ended earlier raised its event already, or is no longer in use.
      let end = scene.now.adding(days: -30)
      let page = try scene.read { reader in
        try reader.tokens(olderValidAfter: end, after: after, limit: 200).map {
          try Rotated($0, in: reader)
        }
      }
      let uses = Dictionary(grouping: try scene.uses.uses(of: page.map(\.token.id)), by: \.token)
      for rotated in page {
        after = rotated.token.id
        let sighting = rotated.olderID(uses[rotated.token.id] ?? [], at: scene.now)
        found += [sighting].compactMap { $0 }
      }
      if page.isEmpty { return found }
    }
  }
}

/// A token that was rotated.
struct Rotated {
  let token: Token
  let account: Account?
  /// The time when the newest Token ID was made.
  let at: Timestamp?
  /// The latest time until which each older Token ID is valid.
  let olderEnds: [TokenSecretID: Timestamp]

  /// The days that an application has for taking over the new Token ID.
  static let graceDays: Int64 = 1

  init(token: Token, account: Account?, at time: Timestamp?, olderEnds: [TokenSecretID: Timestamp]) {
    self.token = token
    self.account = account
    at = time
    self.olderEnds = olderEnds
  }

  fileprivate init(_ token: Token, in reader: any StoreReader) throws {
    let older = try reader.tokenIDs(of: token.id).dropFirst().compactMap { id in
      id.validUntil.map { (id.secret, $0) }
    }
    self.init(
      token: token, account: try reader.account(token.account),
      at: try reader.storedTokenID(of: token.id)?.createdAt,
      olderEnds: Dictionary(older) { first, _ in first })
  }

  /// A sighting where an older Token ID was presented after the time of grace, or after its end. Denied
  /// requests count, too, because they show an application that does not get what it asks for.
  func olderID(_ uses: [TokenIDUse], at now: Timestamp) -> NoticeSighting? {
    guard let rotatedAt = at, let account, token.state(at: now) == .live else { return nil }
    let late = uses.compactMap { use -> Timestamp? in
      guard let end = olderEnds[use.secret],
        let last = [use.lastUsedAt, use.lastDeniedAt].compactMap({ $0 }).max(),
        last > rotatedAt, last >= min(end, rotatedAt.adding(days: Self.graceDays))
      else { return nil }
      return last
    }
    guard let last = late.max() else { return nil }
    return TokenOwner(account: account, token: token).sighting(
      rotatedAt.description, at: last,
      "is still used by an older Token ID, last at \(last.minute) UTC; the token was rotated at "
        + "\(rotatedAt.minute) UTC",
      ["rotated": .text(rotatedAt.description), "lastSeen": .text(last.description)])
  }
}
