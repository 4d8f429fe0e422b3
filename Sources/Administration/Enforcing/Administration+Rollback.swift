package import Access
internal import Sealing
package import Store

/// What a comparison of the store with the head that is kept beside it found.
package enum RollbackFinding: Hashable, Sendable {
  /// No gate ever kept a head, or the file that it was in was set aside.
  case nothingKept
  /// It goes on from the head that was kept, or was restored from a backup since.
  case known(KeptHead, restoreRow: Int64?)
  case wentBack(KeptHead, present: StoreHead)
}

extension Administration {
  /// Whether the store went back behind what a gate saw of it.
  ///
  /// Errors: ``UseTrouble`` where that can't be told, ``StoreError``.
  package func rollback() throws -> RollbackFinding {
    // First what is kept, then the store: a gate may keep a later head at any time.
    guard let kept = try uses.keptHead() else { return .nothingKept }
    let (continuity, present) = try read(.useCase(.auditRead, .securityRead)) {
      try $0.continuity(since: kept.head)
    }
    switch continuity {
    case .goesOn: return .known(kept, restoreRow: nil)
    case .restored(let row): return .known(kept, restoreRow: row)
    case .wentBack: return .wentBack(kept, present: present)
    }
  }

  /// Says that somebody has looked at a store that went back, and has gates decide by it again. Returns what was
  /// accepted; nil where it did not go back.
  ///
  /// Errors: ``AdministrationError/notAdministrator(_:)``, ``UseTrouble``, ``StoreError``.
  package func acceptRollback(writing uses: () throws -> any UseWriting) throws -> RollbackFinding? {
    let found = try rollback()
    guard case .wentBack(let kept, let present) = found else { return nil }
    try change { change in
      try change.requireAdministrator(to: "accept that the store went back")
      var details = AuditDetails("kept row", after: String(kept.head.sequence))
      details.add("kept hash", after: hex(kept.head.hash))
      details.add("present row", after: String(present.sequence))
      details.add("present hash", after: hex(present.hash))
      try change.recordStore("acceptRollback", details)
    }
    try uses().settle(try store.read { try $0.storeHead() }, at: now)
    return found
  }

  /// Why the store's tokens would not be found with the keys that are here; nil where they would.
  package func keyTrouble() throws -> StoreStanding? {
    guard let unknown = try read({ try $0.unknownLookupKey(ring) }) else { return nil }
    return .otherKeys(store: unknown, here: keys.lookup.id)
  }

  /// The seal key by which the store goes, where it is not the one that is here.
  package func unknownSealKey() throws -> KeyID? {
    guard case .success(let here) = keys.seal, let key = try read({ try $0.presentKeyUse(.seal) }).current,
      key != here.id
    else { return nil }
    return (try? ring.seal(key)) == nil ? key : nil
  }
}
