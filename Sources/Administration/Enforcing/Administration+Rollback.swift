package import Access
internal import Sealing
package import Store

/// The result of comparing the store with the head that is kept beside it.
package enum RollbackFinding: Hashable, Sendable {
  /// No gate ever kept a head, or the file with the head was set aside.
  case nothingKept
  /// The store continues from the kept head, or was restored from a backup since then.
  case known(KeptHead, restoreRow: Int64?)
  case wentBack(KeptHead, present: StoreHead)
}

extension Administration {
  /// Compares the store with the last state that a gate saw.
  ///
  /// Errors: ``UseTrouble`` where the kept head can't be read, ``StoreError``.
  package func rollback() throws -> RollbackFinding {
    // The kept head is read before the store, because a gate may keep a later head at any time.
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

  /// Confirms that a person has examined a store that went back, so that gates decide by it again. Returns
  /// what was accepted; nil where the store did not go back.
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

  /// The reason why the store's tokens would not be found with the present keys; nil where they would be
  /// found.
  package func keyTrouble() throws -> StoreStanding? {
    guard let unknown = try read({ try $0.unknownLookupKey(ring) }) else { return nil }
    return .otherKeys(store: unknown, here: keys.lookup.id)
  }

  /// The seal key that the store uses, where it is not the present one.
  package func unknownSealKey() throws -> KeyID? {
    guard case .success(let here) = keys.seal, let key = try read({ try $0.presentKeyUse(.seal) }).current,
      key != here.id
    else { return nil }
    return (try? ring.seal(key)) == nil ? key : nil
  }
}
