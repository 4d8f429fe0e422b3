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
  /// The last good head that this process knows, for the case that gate.db has none, or lost changes as the store did, with
  /// the time that the kept head had.
  private var known: KeptHead?
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
    let heads = former(kept)
    let (found, present, unknownKey) = try follower.read { reader, _ in
      let found = try heads.map { (head: $0, continuity: try reader.continuity(since: $0).continuity) }
      return (found, try reader.storeHead(), try reader.unknownLookupKey(ring))
    }
    let lost = found.first { $0.continuity == .wentBack }?.head
    let restoreRow = lost == nil ? found.lazy.compactMap(\.continuity.restoreRow).first : nil
    if isOtherState(lost, restoreRow, kept) { follower.recall() }
    let time = now()
    let goodHead = KeptHead(head: present, since: kept?.since ?? time)
    if let lost {
      // A database that lost changes may have lost the kept head, too. Other gates, and whoever accepts the loss, have to
      // know the head. Where it can't be written, the next check tries again.
      if isTold, lost != kept?.head { try? uses.settle(lost, at: time) }
    } else if restoreRow != nil {
      keep(goodHead) { try uses.settle(present, at: time) }
    } else if isTold {
      keep(goodHead) { try uses.keep(present, at: time) }
    } else {
      // What can't be compared now is compared at the next check, and is not trusted until then.
      isKept = false
    }
    let standing: StoreStanding =
      if let lost {
        .wentBack(kept: lost, present: present)
      } else if let unknownKey {
        .otherKeys(store: unknownKey, here: ring.keys.lookup.id)
      } else { .good }
    self.standing = standing
    return Finding(standing: standing, restoreRow: restoreRow, isCompared: !heads.isEmpty)
  }

  /// The head that is kept, and whether gate.db gave an answer. While gate.db is unreadable, only what this process knows
  /// counts.
  private func keptHead() -> (head: KeptHead?, isTold: Bool) {
    do { return (try uses.keptHead(), true) } catch { return (nil, known != nil) }
  }

  /// The heads that the store must go on from: the kept one, and the one that this process knows. Once an administrator has
  /// accepted that the store went back, or a backup was restored, the kept one alone counts.
  private func former(_ kept: KeptHead?) -> [StoreHead] {
    guard let known, known.head != kept?.head else { return kept.map { [$0.head] } ?? [] }
    guard let kept else { return [known.head] }
    return isSettled(kept) ? [kept.head] : [kept.head, known.head]
  }

  /// Whether the store has another state than one that followed from what was read: changes were lost, or somebody
  /// restored a backup or accepted the loss.
  private func isOtherState(_ lost: StoreHead?, _ restoreRow: Int64?, _ kept: KeptHead?) -> Bool {
    guard lost != nil else { return restoreRow != nil || isSettled(kept) }
    // A store that is found to lack changes is looked at each second.
    if case .wentBack? = standing { return false }
    return true
  }

  /// Whether another head took the place of the one that this process knows, whichever is later.
  private func isSettled(_ kept: KeptHead?) -> Bool {
    guard let kept, let known else { return false }
    return kept.since > known.since
  }

  /// Keeps a head. Where it can't be written, this process still knows it.
  private func keep(_ head: KeptHead, _ write: () throws -> Void) {
    known = head
    isKept = (try? write()) != nil
  }

  /// Makes the next check write the head again, because another gate.db knows nothing yet.
  package func keepAgain() { isKept = false }
}
