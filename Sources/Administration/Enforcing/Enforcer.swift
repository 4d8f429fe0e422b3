package import Access
package import Sealing
package import Store
private import Synchronization

/// Decides requests for code that enforces. An enforcer keeps in memory what it read, and asks before each
/// decision whether the store changed. So everything that was committed before a request arrived applies to
/// the request.
///
/// An enforcer belongs to one thread. After an error the next request opens the store again.
package final class Enforcer {
  private let follower: Follower
  private let people: PeopleCache
  private let ring: KeyRing
  private let uses: any UseReading
  private let surroundings: Surroundings
  private var cache = AccessCache()
  /// The state of what is kept.
  package private(set) var state = KeptState()
  /// The head of the store in that state; nil where nothing is kept.
  private var head: StoreHead?
  /// Told when the store went on in a way that leaves most of what was kept as it is.
  package var onAdvance: (KeptAdvance) -> Void = { _ in }
  package private(set) var counts = Counts()

  /// How often the kept data sufficed.
  package struct Counts: Sendable {
    package fileprivate(set) var hits = 0
    package fileprivate(set) var misses = 0
  }

  /// - Parameter people: may be shared with the enforcers of other threads on the same `store`.
  package convenience init(
    _ store: EnforcedStore, keys: TokenKeys, uses: any UseReading, people: PeopleCache = PeopleCache(),
    surroundings: Surroundings = .system
  ) {
    self.init(store, ring: KeyRing(keys), uses: uses, people: people, surroundings: surroundings)
  }

  /// Makes an enforcer with keys that may be exchanged while it runs.
  package init(
    _ store: EnforcedStore, ring: KeyRing, uses: any UseReading, people: PeopleCache = PeopleCache(),
    surroundings: Surroundings = .system
  ) {
    follower = Follower(store)
    self.ring = ring
    self.uses = uses
    self.people = people
    self.surroundings = surroundings
  }

  package var now: Timestamp { surroundings.now() }

  /// How the enforcer learns whether what it keeps still holds.
  package enum Assurance: Hashable, Sendable {
    /// It asks the store.
    case asking
    /// The store told this after the request had arrived.
    case told(CommitMark)
    /// The store did not answer.
    case cutOff
  }

  /// How the requests that come next are assured.
  package var assurance = Assurance.asking

  /// Whether ``state`` is the store's present state for certain. Then what was decided in it holds for each request that
  /// arrived before this question, or before the store told. Where it is false, ``decide(_:)`` finds out.
  package var isSurelyCurrent: Bool {
    switch assurance {
    case .asking: follower.isSurelyUnchanged
    case .told(let mark): follower.hasRead(mark)
    case .cutOff: false
    }
  }

  /// Counts decisions that were made before, and hold.
  package func countHits(_ count: Int) { counts.hits += count }

  /// Checks signatures of the store's signing key; nil where this process has no such key.
  var verifier: AuditVerifier? { ring.keys.audit.verifier }

  /// Decides on the present state of the store. The closure may run twice.
  ///
  /// Errors: ``StoreError`` and what the closure throws. Code that enforces must treat each error as a
  /// denial.
  package func decide<Result>(_ body: (Checker) throws -> Result) throws -> Result {
    do { return try attempt(body) } catch StoreError.replaced { return try attempt(body) }
  }

  /// Whether ``state`` has whatever was committed before a store on another machine was heard to be so far.
  package func hasRead(_ heard: CommitMark) -> Bool { follower.lastRead?.includes(heard) ?? false }

  /// Decides by what is kept alone, although the store may have changed meanwhile; nil where that does not suffice, or
  /// where this enforcer has not read what was heard last of the store. Whoever decides like this must say so.
  package func decideByKept<Result>(
    heard: CommitMark, _ body: (Checker) throws -> Result
  ) throws -> Result? {
    guard hasRead(heard) else { return nil }
    let checker = Checker(AccessSource(nil, cache), ring: ring, uses: nil, now: now)
    do { return try body(checker) } catch is NotKept { return nil }
  }

  private func attempt<Result>(_ body: (Checker) throws -> Result) throws -> Result {
    do {
      if let result = try keptResult(body) { return result }
      counts.misses += 1
      return try follower.read { reader, now in
        if now != state { try enter(now, reader) }
        return try body(checker(reader))
      }
    } catch let error as StoreError {
      // What is kept is used again only for decisions without the store. The next state is another one.
      follower.forget()
      throw error
    }
  }

  /// Goes on to another state of the store, and forgets what may not hold in it.
  private func enter(_ now: KeptState, _ reader: any StoreReader) throws {
    let present = try reader.storeHead()
    if let advance = try advance(to: now, present, reader) {
      people.advance(advance)
      onAdvance(advance)
      cache.enter(now)
    } else {
      cache = AccessCache(keepingPeople: (people, now))
    }
    (state, head) = (now, present)
  }

  /// How the store went on to this state; nil where that is not known, or where anybody's decisions may have changed.
  private func advance(
    to now: KeptState, _ present: StoreHead, _ reader: any StoreReader
  ) throws -> KeptAdvance? {
    guard let head, now.isAhead(of: state), now.opened == state.opened,
      case .accounts(let accounts) = try reader.altered(after: state.generation, upTo: now.generation),
      case .goesOn = try reader.continuity(since: head).continuity
    else { return nil }
    return KeptAdvance(from: state, to: now, accounts: accounts)
  }

  /// The result from kept data; nil where the store changed, or where the kept data does not suffice.
  private func keptResult<Result>(_ body: (Checker) throws -> Result) throws -> Result? {
    guard try isSurelyCurrent || !follower.hasChanged() else { return nil }
    do {
      let result = try body(checker(nil))
      counts.hits += 1
      return result
    } catch is NotKept { return nil }
  }

  private func checker(_ reader: (any StoreReader)?) -> Checker {
    Checker(AccessSource(reader, cache), ring: ring, uses: uses, now: now)
  }
}

/// The store that the enforcers of all threads read. It is opened at the first request, and opened again
/// after an error or when another store takes its place.
package final class EnforcedStore: Sendable {
  private struct Held {
    var store: (any Store)?
    /// The number of stores that were opened.
    var opened = 0
  }

  private let open: @Sendable () throws -> any Store
  private let held = Mutex(Held())
  private let recalls = Atomic(0)

  package init(open: @escaping @Sendable () throws -> any Store) { self.open = open }

  func current() throws -> (opened: Int, store: any Store) {
    try held.withLock { held in
      if let store = held.store { return (held.opened, store) }
      let store = try open()
      held.store = store
      held.opened += 1
      return (held.opened, store)
    }
  }

  /// Makes committed changes safe from damage to the log, if that is still to be done.
  package func settle() throws { _ = try current().store.settle() }

  /// How often whatever was read of the store stopped counting.
  var recallCount: Int { recalls.load(ordering: .acquiring) }

  /// Has everybody open and read the store again. A store that lost changes counts its commits and generations from an
  /// earlier number, so that what was read before would pass for the present state.
  func recall() {
    held.withLock { $0.store = nil }
    recalls.add(1, ordering: .acquiringAndReleasing)
  }

  /// Stops handing out the store with this number. A newer store stays.
  func forget(_ opened: Int) {
    held.withLock { held in if held.opened == opened { held.store = nil } }
  }
}
