package import Access
package import Administration
private import Glibc
package import Store

/// Records in gate.db that this gate is running, and which lookup keys it knows: at once when they change,
/// and every few seconds. Where gate.db was removed, the keeper makes it anew and reports that.
package final class PresenceKeeper {
  /// The number of looks, one each second, after which the presence is recorded again, because the lock may
  /// have been removed.
  private static let looksBetween = 15

  private let state: State
  private let work: RegularWork

  /// The state, which only the regular work uses.
  private final class State: @unchecked Sendable {
    let keys: LookupKeyWatch
    let store: any UseWriting
    let log: GateLog
    let now: @Sendable () -> Timestamp
    let id = Identifier<GatePresence>.random()
    let startedAt: Timestamp
    var told: (keys: Set<KeyID>, place: UsePlace)?
    /// The number of looks until the next record.
    var rest = 0
    var isFailing = false

    init(
      _ keys: LookupKeyWatch, _ store: any UseWriting, _ log: GateLog,
      _ now: @escaping @Sendable () -> Timestamp
    ) {
      (self.keys, self.store, self.log, self.now) = (keys, store, log, now)
      startedAt = now()
    }

    func tell() {
      do {
        let known = try keys.knownKeys()
        let place = try store.place()
        rest -= 1
        if let told, told == (known, place), rest > 0 { return }
        try store.put(
          GatePresence(
            id: id, process: Int(getpid()), startedAt: startedAt, seenAt: now(), lookupKeys: known))
        told = (known, try store.place())
        rest = PresenceKeeper.looksBetween
        isFailing = false
      } catch {
        if !isFailing { log.fail("can't tell that it is there", error) }
        isFailing = true
      }
    }
  }

  package init(
    _ keys: sending LookupKeyWatch, _ store: any UseWriting, log: GateLog,
    now: @escaping @Sendable () -> Timestamp
  ) {
    let state = State(keys, store, log, now)
    self.state = state
    work = RegularWork("popsec.presence", every: .seconds(1)) { state.tell() }
  }

  /// Records that the gate is no longer running.
  package func stop() {
    work.stop { try? state.store.remove(state.id) }
  }
}
