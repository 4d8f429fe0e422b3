import Access
import Sealing
import Store

/// An API user with all that belongs to it.
struct MadeUser: Sendable {
  let account: Account
  let tokens: [(Token, StoredTokenID)]
  let teams: [TeamID]
  let grant: Grant?

  func insert(into writer: any StoreWriter) throws {
    try writer.insert(account)
    for (token, id) in tokens { try writer.insert(token, id) }
    for team in teams { try writer.putMember(account.id, in: team, .always) }
    if let grant { try writer.put(grant) }
  }
}

/// Makes the API user of an index; equal but for random ids and keys each time.
struct UserMaker: Sendable {
  let keys: TokenKeys
  let now: Timestamp
  let scenery: Scenery

  static let tokensEach = 2

  func user(_ index: Int) throws -> MadeUser {
    var random = SplitMix64(seed: UInt64(index))
    let account = Account(
      id: .random(), kind: .apiUser, name: try Names.name(index), isEnabled: index % 23 != 0,
      createdAt: now.adding(seconds: -random.below(400 * 86_400)))
    let tokens = try (0..<Self.tokensEach).map { try token($0, of: account, index, &random) }
    let teams = (0..<index % 3).map { scenery.teams[(index + $0 * 37) % scenery.teams.count].id }
    let grant = index % 50 == 0 ? scenery.grant(to: .account(account.id), index) : nil
    return MadeUser(account: account, tokens: tokens, teams: teams, grant: grant)
  }

  /// The Token ID that a user's token has in every store that is made here.
  static func tokenID(_ token: Int, of user: Int) -> TokenID {
    var random = SplitMix64(seed: 0x746F_6B65_6E00 ^ UInt64(user * tokensEach + token) << 8)
    return TokenID.generate(using: &random)
  }

  private func token(
    _ number: Int, of account: Account, _ index: Int, _ random: inout SplitMix64
  ) throws -> (Token, StoredTokenID) {
    let tokenID = Self.tokenID(number, of: index)
    let end = now.adding(seconds: random.below(100 * 86_400) - 5 * 86_400)
    let use = index % 4 == 0 ? nil : now.adding(seconds: -random.below(60 * 86_400))
    let token = Token(
      id: .random(), account: account.id, name: try Name(number == 0 ? "first" : "portal"),
      expiry: index % 17 == 0 ? .never : .at(end), createdAt: account.createdAt, lastUsedAt: use,
      isDisabled: index % 29 == number, hint: tokenID.hint)
    let place = SealPlace(row: .random(), token: token.id, account: account.id)
    let stored = StoredTokenID(
      id: place.row, token: token.id, account: account.id, lookup: keys.lookup.hash(of: tokenID),
      sealed: try keys.seal.get().seal(tokenID, for: place), hint: tokenID.hint, createdAt: now)
    return (token, stored)
  }
}

/// Random numbers that are the same each time (Steele, Lea, Flood: "Fast Splittable Pseudorandom
/// Number Generators").
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  mutating func below(_ bound: Int64) -> Int64 { Int64.random(in: 0..<bound, using: &self) }
}
