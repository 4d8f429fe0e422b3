package import Access
package import Sealing
internal import Store

/// Has a process that enforces know the lookup keys that the store names, also before anybody asks it
/// anything. It is one thread's at a time.
package final class LookupKeyWatch {
  private let store: EnforcedStore
  private let ring: KeyRing
  private var watch: (opened: Int, watch: any StoreWatch)?
  private var use = TokenKeyUse.unknown

  package init(_ store: EnforcedStore, ring: KeyRing) {
    self.store = store
    self.ring = ring
  }

  /// The keys that the process knows of those that the store goes by, or will.
  ///
  /// Errors: ``StoreError``.
  package func knownKeys() throws -> Set<KeyID> {
    do { try look() } catch {
      if let watch { store.forget(watch.opened) }
      watch = nil
      throw error
    }
    let known = use.named.compactMap { try? ring.lookup($0).id }
    return Set(known + [ring.keys.lookup.id])
  }

  private func look() throws {
    if watch == nil {
      let (opened, present) = try store.current()
      watch = (opened, try present.watch())
    }
    guard let watch, try watch.watch.hasChanged() else { return }
    use = try watch.watch.read { reader, _ in try reader.keyUse(.lookup) }
  }
}
