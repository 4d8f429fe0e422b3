package import Access
package import Sealing
internal import Store

/// Has a process that enforces know the lookup keys that the store names, also before anybody asks it
/// anything. It is one thread's at a time.
package final class LookupKeyWatch {
  private let follower: Follower
  private let ring: KeyRing
  private var use = TokenKeyUse.unknown

  package init(_ store: EnforcedStore, ring: KeyRing) {
    follower = Follower(store)
    self.ring = ring
  }

  /// The keys that the process knows of those that the store goes by, or will.
  ///
  /// Errors: ``StoreError``.
  package func knownKeys() throws -> Set<KeyID> {
    if try follower.hasChanged() { use = try follower.read { reader, _ in try reader.keyUse(.lookup) } }
    let known = use.named.compactMap { try? ring.lookup($0).id }
    return Set(known + [ring.keys.lookup.id])
  }
}
