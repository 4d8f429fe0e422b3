package import Access
package import Sealing
internal import Store

/// Makes an enforcing process learn the lookup keys that the store names, even before anybody asks it
/// anything. It belongs to one thread.
package final class LookupKeyWatch {
  private let follower: Follower
  private let ring: KeyRing
  private var use = TokenKeyUse.unknown

  package init(_ store: EnforcedStore, ring: KeyRing) {
    follower = Follower(store)
    self.ring = ring
  }

  /// The keys that the process knows among those that the store uses or will use.
  ///
  /// Errors: ``StoreError``.
  package func knownKeys() throws -> Set<KeyID> {
    if try follower.hasChanged() { use = try follower.read { reader, _ in try reader.keyUse(.lookup) } }
    let known = use.named.compactMap { try? ring.lookup($0).id }
    return Set(known + [ring.keys.lookup.id])
  }
}
