package import Access

/// How a store went from one state to a later one, where only decisions about some accounts may have become others.
package struct KeptAdvance: Sendable {
  package let from: KeptState
  package let to: KeptState
  package let accounts: Set<AccountID>

  /// Whether what was kept in a state holds afterwards, but for what rests on the accounts. A state between the two has
  /// seen a part of the changes.
  package func leads(from kept: KeptState) -> Bool {
    kept == from || kept.isAhead(of: from) && to.isAhead(of: kept)
  }
}

/// The keys of what is kept about accounts, so that it is found when an account changes.
package struct KeptByAccount<Key: Sendable>: Sendable {
  private var keys: [AccountID: [Key]] = [:]

  package init() {}

  package mutating func enter(_ key: Key, of account: AccountID) { keys[account, default: []].append(key) }

  /// Takes out the keys of these accounts.
  package mutating func take(_ accounts: Set<AccountID>) -> [Key] {
    accounts.flatMap { keys.removeValue(forKey: $0) ?? [] }
  }
}
