package import Access
package import Sealing
package import Store

/// Whether a store may be enforced.
package enum StoreStanding: Hashable, Sendable {
  case good
  /// Acknowledged changes are gone, and there may be revocations among them.
  case wentBack(kept: StoreHead, present: StoreHead)
  /// The store's Token IDs are kept under a lookup key that this process does not have, so that it would find
  /// none.
  case otherKeys(store: KeyID, here: KeyID)

  package var message: String? {
    switch self {
    case .good: nil
    case .wentBack(let kept, let present):
      present.sequence < kept.sequence
        ? "the store went back: its audit log ends at row \(present.sequence), and row \(kept.sequence) was there before"
        : "the store went back, or is another one: row \(kept.sequence) of its audit log is not the one that was there"
    case .otherKeys(let store, let here):
      "the keys are another store's: its Token IDs are kept under the lookup key \(store.rawValue), and here is "
        + here.rawValue
    }
  }

  package var hint: String? {
    switch self {
    case .good: nil
    case .wentBack:
      "changes may be lost, revocations too: compare popsec audit list with what was done, do again what is missing, "
        + "then popsec gate accept-rollback; or restore a backup"
    case .otherKeys: "name the folder with the store's keys with --keys or POPSEC_KEYS"
    }
  }
}

extension SecurityReader {
  /// The lookup key that the store uses and this process does not know; nil where it is known, or where the
  /// store has no Token ID.
  package func unknownLookupKey(_ ring: KeyRing) throws -> KeyID? {
    guard let key = try presentKeyUse(.lookup).current else { return nil }
    do {
      _ = try ring.lookup(key)
      return nil
    } catch { return key }
  }
}

/// Checks after each change whether a store may be enforced, and keeps the store's head beside it. It belongs
/// to one thread.
package final class StandingWatch {
  private let follower: Follower
  private let ring: KeyRing
  private let uses: any UseWriting
  private let now: @Sendable () -> Timestamp
  /// The last good head that this process knows, for the case that gate.db has none.
  private var known: StoreHead?
  private var standing: StoreStanding?
  /// Whether that head is also kept beside the store.
  private var isKept = true

  /// The result of a check.
  package struct Finding: Sendable {
    package let standing: StoreStanding
    /// The audit row of a restore since the last check.
    package let restoreRow: Int64?
    /// Whether there was a head to compare with. Without one, nobody can tell whether the store went back
    /// before.
    package let isCompared: Bool
  }

  package init(
    _ store: EnforcedStore, ring: KeyRing, uses: any UseWriting, now: @escaping @Sendable () -> Timestamp
  ) {
    (follower, self.ring, self.uses, self.now) = (Follower(store), ring, uses, now)
  }

  /// Checks the store; nil where nothing changed since the last check, and all was good then.
  ///
  /// Errors: ``StoreError``.
  package func look() throws -> Finding? {
    if standing == .good, isKept, try !follower.hasChanged() { return nil }
    // The kept head is read before the store, because another gate may keep a later head at any time.
    let (kept, isTold) = keptHead()
    let (continuity, present, unknownKey) = try follower.read { reader, _ in
      let (continuity, present) =
        try kept.map { try reader.continuity(since: $0) } ?? (.goesOn, reader.storeHead())
      return (continuity, present, try reader.unknownLookupKey(ring))
    }
    var restoreRow: Int64?
    switch continuity {
    // What can't be compared now is compared at the next check, and is not trusted until then.
    case .goesOn where !isTold: isKept = false
    case .goesOn: keep(present) { try uses.keep(present, at: now()) }
    case .restored(let row):
      restoreRow = row
      keep(present) { try uses.settle(present, at: now()) }
    case .wentBack: break
    }
    let found: StoreStanding =
      if continuity == .wentBack, let kept {
        .wentBack(kept: kept, present: present)
      } else if let unknownKey {
        .otherKeys(store: unknownKey, here: ring.keys.lookup.id)
      } else { .good }
    standing = found
    return Finding(standing: found, restoreRow: restoreRow, isCompared: kept != nil)
  }

  /// The head to compare with, and whether gate.db gave an answer. While gate.db is unreadable, only what
  /// this process knows counts.
  private func keptHead() -> (head: StoreHead?, isTold: Bool) {
    do { return (try uses.keptHead()?.head ?? known, true) } catch { return (known, known != nil) }
  }

  /// Keeps a head. Where it can't be written, this process still knows it.
  private func keep(_ head: StoreHead, _ write: () throws -> Void) {
    known = head
    isKept = (try? write()) != nil
  }

  /// Makes the next check write the head again, because another gate.db knows nothing yet.
  package func keepAgain() { isKept = false }
}
