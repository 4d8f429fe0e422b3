package import Access
package import Sealing
package import Store

/// Decides requests for whoever enforces: keeps in memory what it read, and asks before each decision
/// whether the store changed, so that what was committed anywhere before a request came counts for it.
///
/// It is one thread's at a time. After an error the store is opened anew with the next request.
package final class Enforcer {
  private let open: () throws -> any Store
  private let keys: TokenKeys
  private let uses: any UseReading
  private let surroundings: Surroundings
  private let keptPeople: Int
  private var watch: (any StoreWatch)?
  private var cache: AccessCache
  /// Of what is kept.
  package private(set) var generation: Generation = 0
  package private(set) var counts = Counts()

  /// How often what was kept was enough.
  package struct Counts: Sendable {
    package fileprivate(set) var hits = 0
    package fileprivate(set) var misses = 0
  }

  /// `open` opens the store, at the first request and whenever another takes its place. Of so many holders of
  /// Token IDs is kept what was read.
  package init(
    keys: TokenKeys, uses: any UseReading, surroundings: Surroundings = .system, keptPeople: Int = 20_000,
    open: @escaping () throws -> any Store
  ) {
    self.open = open
    self.keys = keys
    self.uses = uses
    self.surroundings = surroundings
    self.keptPeople = keptPeople
    cache = AccessCache(keepingPeople: keptPeople)
  }

  package var keptCount: Int { cache.peopleCount }
  package var now: Timestamp { surroundings.now() }

  /// What a Token ID is looked up by, so that it need not be kept itself.
  package func lookup(_ id: TokenID) -> LookupHash { keys.lookup.hash(of: id) }

  /// Decides on the present state of the store. The closure may be run twice.
  ///
  /// Errors: ``StoreError`` and what the closure throws. To whoever enforces each is a denial.
  package func decide<Result>(_ body: (Checker) throws -> Result) throws -> Result {
    do { return try attempt(body) } catch StoreError.replaced {
      forget()
      do { return try attempt(body) } catch let error as StoreError {
        forget()
        throw error
      }
    } catch let error as StoreError {
      forget()
      throw error
    }
  }

  private func forget() {
    watch = nil
    cache = AccessCache(keepingPeople: keptPeople)
  }

  private func attempt<Result>(_ body: (Checker) throws -> Result) throws -> Result {
    let watch = try present()
    if try !watch.hasChanged() {
      do {
        let result = try body(checker(nil))
        counts.hits += 1
        return result
      } catch is NotKept {}
    }
    counts.misses += 1
    return try watch.read { reader, present in
      if present != generation { cache = AccessCache(keepingPeople: keptPeople) }
      generation = present
      return try body(checker(reader))
    }
  }

  private func present() throws -> any StoreWatch {
    if let watch { return watch }
    let opened = try open().watch()
    cache = AccessCache(keepingPeople: keptPeople)
    watch = opened
    return opened
  }

  private func checker(_ reader: (any StoreReader)?) -> Checker {
    Checker(AccessSource(reader, cache), keys: keys, uses: uses, now: now)
  }
}
