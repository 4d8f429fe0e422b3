internal import Access
internal import Administration
private import Synchronization

/// The answers that allowed something, for as long as the store and the time leave them as they are. All threads share
/// them.
///
/// Nothing is decided here: an answer is given again only to the same question, in the state of the store in which it was
/// decided, and before the next instant at which it could be another one.
final class AnswerBook: Sendable {
  /// How much is kept, in each of the two shelves.
  struct Bound {
    var answers = 10_000
    var bytes = 12_000_000
  }

  /// There are many of these, so each is small.
  private struct Entry {
    let text: [UInt8]
    let from: Timestamp
    let until: Timestamp?
    let isSigned: Bool
    let use: AnswerUse
    /// The uses that nobody has taken yet.
    var uses = Uses()

    init(_ text: [UInt8], _ lasting: LastingAnswer) {
      // A copy has no room for more.
      self.text = text.withUnsafeBufferPointer { Array($0) }
      (from, until, isSigned, use) = (lasting.from, lasting.until, lasting.isSigned, lasting.use)
    }

    func holds(at now: Timestamp) -> Bool { from <= now && until.map { now < $0 } ?? true }
  }

  /// How often an answer was given, and when. All of them went to one address, because it is a part of the key.
  private struct Uses {
    private(set) var count = 0
    private var first = Timestamp.distantPast
    private var last = Timestamp.distantPast

    mutating func count(at now: Timestamp) {
      first = count == 0 ? now : min(first, now)
      last = max(last, now)
      count += 1
    }

    func of(_ use: AnswerUse) -> TokenIDUse {
      TokenIDUse(
        secret: use.secret, token: use.token, account: use.account, firstUsedAt: first, lastUsedAt: last,
        source: use.source, place: use.place, useCount: count)
    }
  }

  /// Entries, with the keys of those that have uses.
  private struct Shelf {
    var entries: [AnswerKey: Entry] = [:]
    var keys = KeptByAccount<AnswerKey>()
    var used: [AnswerKey] = []
    var byteCount = 0

    /// Puts an entry in the place of one that no longer holds, whose uses stay counted.
    mutating func put(_ entry: Entry, _ key: AnswerKey) {
      guard let index = entries.index(forKey: key) else {
        byteCount += entry.text.count
        entries[key] = entry
        keys.enter(key, of: entry.use.account)
        return
      }
      let before = entries.values[index]
      byteCount += entry.text.count - before.text.count
      entries.values[index] = entry
      entries.values[index].uses = before.uses
    }

    /// Counts a use, and returns the answer.
    mutating func use(_ key: AnswerKey, at now: Timestamp) -> Given? {
      guard let index = entries.index(forKey: key), entries.values[index].holds(at: now) else {
        return nil
      }
      if entries.values[index].uses.count == 0 { used.append(key) }
      entries.values[index].uses.count(at: now)
      return Given(text: entries.values[index].text, isSigned: entries.values[index].isSigned)
    }

    /// Takes out the answers about these accounts.
    mutating func take(_ accounts: Set<AccountID>) -> Shelf {
      var taken = Shelf()
      for key in keys.take(accounts) {
        guard let entry = entries.removeValue(forKey: key) else { continue }
        byteCount -= entry.text.count
        taken.entries[key] = entry
        if entry.uses.count > 0 { taken.used.append(key) }
      }
      if !taken.used.isEmpty { used.removeAll { taken.entries[$0] != nil } }
      return taken
    }

    /// Takes the uses of the entries that are longest in the list of those that were used, so many at most.
    mutating func takeUses(_ most: Int) -> [TokenIDUse] {
      let taken = used.prefix(most)
      used.removeFirst(taken.count)
      return taken.compactMap { key in
        guard let index = entries.index(forKey: key) else { return nil }
        defer { entries.values[index].uses = Uses() }
        return entries.values[index].uses.of(entries.values[index].use)
      }
    }
  }

  private struct Shelves {
    var state = KeptState()
    /// The answers that were kept or given lately.
    var recent = Shelf()
    /// The answers that were on the other shelf when it was full.
    var older = Shelf()
    /// What is no longer given. Only its uses are still to be taken.
    var left: [Shelf] = []
  }

  /// An answer as it is given: all of its bytes that are always the same.
  struct Given {
    let text: [UInt8]
    let isSigned: Bool
  }

  private let bound: Bound
  private let shelves = Mutex(Shelves())

  init(_ bound: Bound = Bound()) { self.bound = bound }

  /// The answer to a request in this state of the store, which must be the present one. It counts as a use.
  func answer(_ key: AnswerKey, in state: KeptState, at now: Timestamp) -> Given? {
    shelves.withLock { shelves in
      guard shelves.state == state else { return nil }
      return shelves.recent.use(key, at: now) ?? shelves.older.use(key, at: now)
    }
  }

  /// Forgets whatever may not be the answer in a later state. Its uses are still to be taken.
  func advance(_ advance: KeptAdvance) {
    shelves.withLock { shelves in
      guard advance.leads(from: shelves.state) else { return }
      let taken = [shelves.recent.take(advance.accounts), shelves.older.take(advance.accounts)]
      shelves.left += taken.filter { !$0.used.isEmpty }
      shelves.state = advance.to
    }
  }

  func keep(_ text: [UInt8], _ lasting: LastingAnswer, as key: AnswerKey) {
    shelves.withLock { shelves in
      if shelves.state != lasting.state {
        // A thread with an older state must not put back what others have forgotten.
        if shelves.state.isAhead(of: lasting.state) { return }
        shelves.left += [shelves.recent, shelves.older].filter { !$0.used.isEmpty }
        (shelves.recent, shelves.older, shelves.state) = (Shelf(), Shelf(), lasting.state)
      }
      // An answer that is made anew takes the place of the former one. It does not fill the shelf further.
      if shelves.recent.entries[key] == nil,
        shelves.recent.entries.count >= bound.answers || shelves.recent.byteCount >= bound.bytes
      {
        if !shelves.older.used.isEmpty { shelves.left.append(shelves.older) }
        (shelves.older, shelves.recent) = (shelves.recent, Shelf())
      }
      shelves.recent.put(Entry(text, lasting), key)
    }
  }

  /// Takes uses that were counted: those of forgotten answers, and so many of the others at most, or all.
  func takeUses(_ most: Int = .max) -> [TokenIDUse] {
    var left = shelves.withLock { shelves in
      defer { shelves.left = [] }
      return shelves.left
    }
    // Nobody else has these, so that nobody waits meanwhile.
    let uses = left.indices.flatMap { left[$0].takeUses(.max) }
    return uses
      + shelves.withLock { shelves in
        let recent = shelves.recent.takeUses(most)
        return recent + shelves.older.takeUses(most - recent.count)
      }
  }

  /// The number of answers that have uses which nobody has taken.
  var usedCount: Int { shelves.withLock { $0.recent.used.count + $0.older.used.count } }
}
