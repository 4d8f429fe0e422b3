import Access
import Administration
import SQLiteStore
import Sealing
import Store

/// Many tokens of one API user, whose Token IDs the test knows. They are made, and looked at, from within the
/// test's own process: a command for each would take minutes.
struct KnownTokens {
  let ids: [TokenRowID]
  let tokenIDs: [TokenID]
  private let administration: Administration

  /// In one transaction, named `token 0` and so on.
  init(_ store: TestStore, of account: String, count: Int) throws {
    administration = try Self.open(store.open(now: Surroundings.system.now()), store.keys)
    let made = try administration.change { change in
      guard let owner = try change.reader.account(.apiUser, named: NameKey(try Name(account))) else {
        throw Failure("there is no \(account)")
      }
      return try (0..<count).map { number in
        let token = try change.addToken(to: owner.id, name: try Name("token \(number)"))
        return (token.id, try change.reveal(token.id, for: .copy))
      }
    }
    ids = made.map(\.0)
    tokenIDs = made.map(\.1)
  }

  private func at(_ path: String?) throws -> Administration {
    guard let path else { return administration }
    let store = try SQLiteStore.open(StoreFolder(path: path), now: Surroundings.system.now())
    return try Self.open(store, path + "/keys")
  }

  private static func open(_ store: any Store, _ path: String) throws -> Administration {
    let keys = KeyFolder(path: path)
    return Administration(
      store: store, ring: KeyRing(try keys.load(), folder: keys),
      operating: Operator(
        actor: Actor(name: "test", frontEnd: .commandLine), permissions: Set(Permission.allCases)))
  }

  /// How many Token IDs are kept under each key.
  func counts(_ kind: TokenKeyKind) throws -> [Int] {
    try administration.tokenIDCounts(kind).values.sorted()
  }

  /// Whether every token is found by its Token ID, in the store at that path.
  func areFound(at path: String? = nil) throws -> Bool {
    try at(path).owners(of: tokenIDs).map { $0?.token.id } == ids
  }

  /// Whether those can be copied, as they were made.
  func canBeCopied(_ numbers: some Sequence<Int>, at path: String? = nil) throws -> Bool {
    try at(path).change { change in
      try numbers.allSatisfy { try change.reveal(ids[$0], for: .copy) == tokenIDs[$0] }
    }
  }
}
