package import Access
private import Synchronization

/// The keys that a process knows. A store may name others, once keys are exchanged: those are looked for in
/// the folder of the keys then, so that a process that runs for long follows.
package final class KeyRing: Sendable {
  private struct Found {
    var lookups: [KeyID: LookupKey] = [:]
    var seals: [KeyID: SealKey] = [:]
  }

  /// Those with which it began.
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

  /// Errors: why there is no seal key here at all; ``SealingError/otherKey(_:)`` where it is another one.
  package func seal(_ id: KeyID) throws(SealingError) -> SealKey {
    let present = try keys.seal.get()
    if present.id == id { return present }
    if let known = found.withLock({ $0.seals[id] }) { return known }
    guard let material = try folder?.find(.seal, id) else { throw .otherKey(id) }
    let key = SealKey(material)
    found.withLock { $0.seals[id] = key }
    return key
  }

  /// What a Token ID may be looked up by in a store that goes by these keys. What is known is not lost for what
  /// is not.
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

/// What a Token ID may be looked up by: while a key is exchanged, under either.
package struct TokenIDHashes: Hashable, Sendable {
  package let all: [LookupHash]
  /// A key that it may be kept under and that is not here: where nothing is found, nothing is known.
  package let missing: KeyID?

  package init(_ all: [LookupHash], missing: KeyID? = nil) {
    self.all = all
    self.missing = missing
  }
}
