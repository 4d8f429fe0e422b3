package import Access
internal import Store

/// The faults of a store.
package struct StoreInspection: Sendable {
  /// The damages of the store, in words; nil where the store's login in the database may not look for them.
  package let damages: [String]?
  package let hasAdministrator: Bool
  package let danglingGrants: Int
  /// Users with a key that can't be read, so that nobody can log in with it.
  package let unreadableKeys: [Name]
  /// Custom roles that were made before popsec had a built-in role of their name. Their name means the built-in role.
  package let shadowedRoles: [Name]
}

extension Administration {
  /// Inspects the whole store.
  package func inspect() throws -> StoreInspection {
    try read(.useCase(.securityRead)) { reader in
      StoreInspection(
        damages: try reader.damages(), hasAdministrator: try reader.hasAdministrator(at: now),
        danglingGrants: try reader.danglingGrantCount(),
        unreadableKeys: try reader.allPublicKeys().filter { (try? SSHPublicKey($0.line)) == nil }.map(\.user),
        shadowedRoles: try reader.customRoles().map(\.name).filter { BuiltInRole.named(NameKey($0)) != nil })
    }
  }
}
