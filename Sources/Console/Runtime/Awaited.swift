/// The input that waits until a piece of work is done (``TypeAhead``).
package enum Awaiting: Hashable, Sendable, ExpressibleByBooleanLiteral {
  case nothing
  /// All input waits except text for the field that has the focus, such as what is typed into a list's
  /// filter.
  case allButText
  case all

  /// `true` stands for ``all``, and `false` for ``nothing``.
  package init(booleanLiteral value: Bool) { self = value ? .all : .nothing }
}

/// The event for which an effect waits.
enum Trigger: Sendable {
  /// The end of a piece of work that another thread does. The label, such as `saving`, tells the person what
  /// is being done.
  case work(label: String, awaiting: Awaiting)
  case timer(milliseconds: Int)
}

/// The pieces of work and the timers for which layers wait.
///
/// Of the entries with the same key, only a layer's newest is wanted; entries without a key are all wanted.
/// An entry that is no longer wanted is removed. It is then not begun, wakes nobody, and its result is
/// dropped.
package struct Awaited: Sendable {
  package struct Entry: Sendable {
    /// The number that identifies the entry while it waits. A number is never used twice.
    package let ticket: Int
    let layer: LayerID
    let key: String?
    let trigger: Trigger
    /// The time when a timer rings, in milliseconds of the compositor's clock; nil for work.
    let due: Int?
    /// Makes the effect that follows. For work this takes long, and runs off the main actor.
    package let effect: @Sendable () -> Effect<ErasedMessage>
  }

  /// The most pieces of work that run at the same time, so that a slow store does not tie up many threads.
  private static let mostWork = 3

  /// The entries, in the order in which they were added.
  private var entries: [Entry] = []
  /// The tickets of the work that is running, whether it is still wanted or not.
  private var begun: Set<Int> = []
  private var lastTicket = 0

  mutating func add(
    _ trigger: Trigger, for layer: LayerID, key: String?, now: Int,
    _ effect: @escaping @Sendable () -> Effect<ErasedMessage>
  ) {
    if let key { cancel(key, of: layer) }
    lastTicket += 1
    let due: Int? = if case .timer(let wait) = trigger { now + wait } else { nil }
    entries.append(
      Entry(ticket: lastTicket, layer: layer, key: key, trigger: trigger, due: due, effect: effect))
  }

  mutating func cancel(_ key: String, of layer: LayerID) {
    entries.removeAll { $0.layer == layer && $0.key == key }
  }

  mutating func cancelAll(of layer: LayerID) { entries.removeAll { $0.layer == layer } }

  /// Removes an entry and returns it; nil where it is no longer wanted.
  mutating func take(_ ticket: Int) -> Entry? {
    begun.remove(ticket)
    return entries.firstIndex { $0.ticket == ticket }.map { entries.remove(at: $0) }
  }

  /// Marks the work that is to start now as running, and returns it, the oldest first.
  mutating func begin() -> [Entry] {
    let next = entries.filter { $0.due == nil && !begun.contains($0.ticket) }
      .prefix(max(0, Self.mostWork - begun.count))
    begun.formUnion(next.map(\.ticket))
    return Array(next)
  }

  /// Milliseconds until the next timer rings, at least 0; nil where none is set.
  func timeout(now: Int) -> Int? { entries.compactMap(\.due).min().map { max(0, $0 - now) } }

  /// The tickets of the timers that are due by a time, the earliest first.
  func due(by time: Int) -> [Int] {
    let timers = entries.compactMap { entry in entry.due.map { (due: $0, ticket: entry.ticket) } }
    return timers.filter { $0.due <= time }.sorted { $0 < $1 }.map(\.ticket)
  }

  private var work: [(label: String, awaiting: Awaiting)] {
    entries.compactMap {
      if case .work(let label, let awaiting) = $0.trigger { (label, awaiting) } else { nil }
    }
  }

  /// The label of the oldest piece of work; nil where there is no work.
  var label: String? { work.first?.label }
  /// Whether the keys that come now should wait for something.
  var holdsKeys: Bool { work.contains { $0.awaiting != .nothing } }
  /// Whether text for a text field should wait, too.
  var holdsText: Bool { work.contains { $0.awaiting == .all } }
}
