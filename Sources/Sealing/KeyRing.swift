package import Access
private import Synchronization

/// The keys that a process knows. After an exchange of keys the store names others. The ring then looks for
/// them in the folder of the keys, so that a process that runs for a long time learns them.
package final class KeyRing: Sendable {
  private struct Found {
    var lookups: [KeyID: LookupKey] = [:]
    var seals: [KeyID: SealKey] = [:]
  }

  /// The keys with which the ring began.
  package let keys: TokenKeys
  private let folder: KeyFolder?
  private let found = Mutex(Found())

  package init(_ keys: TokenKeys, folder: KeyFolder? = nil) {
    self.keys = keys
    self.folder = folder
  }

  /// Errors: ``SealingError/unknownKey(_:_:)`` where there is no such key.
  package func lookup(_ id: KeyID) throws(SealingError) -> LookupKey {
    if keys.lookup.id == id { return keys.lookup }
    if let known = found.withLock({ $0.lookups[id] }) { return known }
    guard let material = try folder?.find(.lookup, id) else { throw .unknownKey(.lookup, id) }
    let key = LookupKey(material)
    found.withLock { $0.lookups[id] = key }
    return key
  }

  /// Errors: the reason why there is no seal key at all, or ``SealingError/otherKey(_:)`` where the seal key
  /// is another one.
  package func seal(_ id: KeyID) throws(SealingError) -> SealKey {
    let present = try keys.seal.get()
    if present.id == id { return present }
    if let known = found.withLock({ $0.seals[id] }) { return known }
    guard let material = try folder?.find(.seal, id) else { throw .otherKey(id) }
    let key = SealKey(material)
    found.withLock { $0.seals[id] = key }
    return key
  }

  /// The hashes by which a Token ID may be found in a store that uses these keys. A key that is missing
  /// doesn't prevent a look-up under the other.
  package func hashes(of id: TokenID, _ use: TokenKeyUse) -> TokenIDHashes {
    guard use.current != nil else { return TokenIDHashes([keys.lookup.hash(of: id)]) }
    var (hashes, missing) = ([LookupHash](), KeyID?.none)
    for key in use.inUse {
      if let known = try? lookup(key) { hashes.append(known.hash(of: id)) } else { missing = key }
    }
    return TokenIDHashes(hashes, missing: missing)
  }

  /// The key under which new Token IDs can be found.
  package func writingLookup(_ use: TokenKeyUse) throws(SealingError) -> LookupKey {
    if let id = use.current { try lookup(id) } else { keys.lookup }
  }

  /// The key under which new Token IDs are sealed.
  package func writingSeal(_ use: TokenKeyUse) throws(SealingError) -> SealKey {
    if let id = use.current { try seal(id) } else { try keys.seal.get() }
  }
}

/// The hashes by which a Token ID may be found. During an exchange of keys there is one for each of two keys.
package struct TokenIDHashes: Hashable, Sendable {
  package let all: [LookupHash]
  /// A key that the store uses and that is not here. Where it is set, a Token ID that is not found may still
  /// exist.
  package let missing: KeyID?

  package init(_ all: [LookupHash], missing: KeyID? = nil) {
    self.all = all
    self.missing = missing
  }
}
