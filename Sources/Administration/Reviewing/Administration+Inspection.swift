package import Access
internal import Store

/// What is wrong with a store.
package struct StoreInspection: Sendable {
  package let damages: [String]
  package let hasAdministrator: Bool
  package let danglingGrants: Int
  /// Users with a key that lets nobody in, since it can't be read.
  package let unreadableKeys: [Name]
}

extension Administration {
  /// Looks through the whole store.
  package func inspect() throws -> StoreInspection {
    try read(.useCase(.securityRead)) { reader in
      StoreInspection(
        damages: try reader.damages(), hasAdministrator: try reader.hasAdministrator(at: now),
        danglingGrants: try reader.danglingGrantCount(),
        unreadableKeys: try reader.allPublicKeys().filter { (try? SSHPublicKey($0.line)) == nil }.map(\.user))
    }
  }
}
