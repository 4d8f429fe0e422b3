import Access
import Store

/// The same numbers for the same seed (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}

/// Random API users with tokens, and what the lists of them should be, by brute force.
struct AccountWorld {
  struct Member {
    var account: Account
    var tokens: [(token: Token, id: StoredTokenID)]

    /// The ends of tokens that are neither revoked nor disabled.
    var ends: [Timestamp] {
      tokens.map(\.token).filter { $0.revokedAt == nil && !$0.isDisabled }.compactMap(\.expiry.timestamp)
    }

    var lastUse: Timestamp? { tokens.compactMap(\.token.lastUsedAt).max() }
  }

  var members: [Member] = []

  init(count: Int, using random: inout SeededRandom) throws {
    var taken: Set<NameKey> = []
    while members.count < count {
      let name = try Name(Self.name(using: &random))
      guard taken.insert(NameKey(name)).inserted else { continue }
      let account = try Sample.account(name.text, isEnabled: .random(using: &random))
      members.append(Member(account: account, tokens: try Self.tokens(of: account.id, using: &random)))
    }
  }

  func insert(into writer: any StoreWriter) throws {
    for member in members {
      try writer.insert(member.account)
      for (token, id) in member.tokens { try writer.insert(token, id) }
    }
  }

  /// The names in the order of a query.
  func sorted(_ query: AccountQuery, now: Timestamp = .start) -> [Name] {
    let matching = members.filter { query.matching?.matches($0.account.name.text) ?? true }
    let ranked = matching.map { (rank: rank($0, query.order, now), name: $0.account.name) }
    let isLess = { (left: (rank: Rank, name: Name), right: (rank: Rank, name: Name)) in
      if query.order == .lastUse, left.rank.part != right.rank.part {
        return left.rank.part < right.rank.part
      }
      if left.rank != right.rank { return (left.rank < right.rank) != query.isDescending }
      return (NameKey(left.name) < NameKey(right.name)) != query.isDescending
    }
    return ranked.sorted(by: isLess).map(\.name)
  }

  /// Changes a member at random in the store and here: another name, or other states and ends of tokens.
  mutating func change(
    _ index: Int, _ writer: any StoreWriter, using random: inout SeededRandom
  ) throws {
    if Bool.random(using: &random) {
      let name = "y\(Int.random(in: 10...99, using: &random)) \(index)"
      members[index].account.name = try Name(name)
      try writer.update(members[index].account)
    }
    for number in members[index].tokens.indices {
      var token = members[index].tokens[number].token
      switch Int.random(in: 0...3, using: &random) {
      case 0: token.isDisabled.toggle()
      case 1: token.revokedAt = token.revokedAt ?? .start
      case 2: token.expiry = .never
      default: token.expiry = .at(.start.adding(days: .random(in: -3...3, using: &random)))
      }
      try writer.update(token)
      members[index].tokens[number].token = token
    }
  }

  private typealias Rank = (part: Int, value: Int64)

  private func rank(_ member: Member, _ order: AccountOrder, _ now: Timestamp) -> Rank {
    switch order {
    case .name: return (0, 0)
    case .expiry:
      if let next = member.ends.filter({ $0 > now }).min() { return (0, next.secondsSince1970) }
      return member.ends.max().map { (1, $0.secondsSince1970) } ?? (2, 0)
    case .lastUse: return member.lastUse.map { (0, $0.secondsSince1970) } ?? (1, 0)
    case .state: return (member.account.isEnabled ? 0 : 1, 0)
    }
  }

  private static func name(using random: inout SeededRandom) -> String {
    let parts = [
      "a", "b", "c", "ab", "é", "É", "ﬁ", "ß", "İ", "user", " ", "%", "_", "9", "'", "\"", "*", "日", "ö",
    ]
    let count = Int.random(in: 1...6, using: &random)
    return "x" + (0..<count).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
  }

  private static func tokens(
    of account: AccountID, using random: inout SeededRandom
  ) throws -> [(token: Token, id: StoredTokenID)] {
    try (0..<Int.random(in: 0...3, using: &random)).map { number in
      let end: Expiry =
        Bool.random(using: &random) ? .never : .at(.start.adding(days: .random(in: -3...3, using: &random)))
      let use =
        Bool.random(using: &random) ? Timestamp.start.adding(days: .random(in: -9...0, using: &random)) : nil
      return try Sample.token(
        "token \(number)", of: account, expiry: end, isDisabled: .random(using: &random),
        revokedAt: Bool.random(using: &random) ? .start : nil, lastUsedAt: use)
    }
  }
}
