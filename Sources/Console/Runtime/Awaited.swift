/// Which input waits for a piece of work (``TypeAhead``).
package enum Awaiting: Hashable, Sendable, ExpressibleByBooleanLiteral {
  case nothing
  /// All but what goes into the text field that has the focus, as what is typed into a list's filter does.
  case allButText
  case all

  /// `true`: ``all``.
  package init(booleanLiteral value: Bool) { self = value ? .all : .nothing }
}

/// What something waits for before it happens.
enum Trigger: Sendable {
  /// The end of a piece of work, which is done beside the loop. The label, such as `saving`, tells what is done.
  case work(label: String, awaiting: Awaiting)
  case timer(milliseconds: Int)
}

/// The pieces of work and the timers that layers wait for.
///
/// Of those with a key, a layer's newest is wanted; of those without, all are. What is no longer wanted is not in
/// here, so that it is not begun and wakes nobody, and what it would lead to is dropped.
package struct Awaited: Sendable {
  package struct Entry: Sendable {
    /// By which it is known while it is waited for; never used twice.
    package let ticket: Int
    let layer: LayerID
    let key: String?
    let trigger: Trigger
    /// When a timer rings, in milliseconds of the compositor's clock; nil for work.
    let due: Int?
    /// What follows from it. That of work takes long, and is made off the main actor.
    package let effect: @Sendable () -> Effect<ErasedMessage>
  }

  /// Pieces of work that are under way at once at most, so that a slow store doesn't gather threads.
  private static let mostWork = 3

  /// In the order in which they were asked for.
  private var entries: [Entry] = []
  /// The work that is under way, whether still wanted or not.
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

  /// Takes one out; nil where it is no longer wanted.
  mutating func take(_ ticket: Int) -> Entry? {
    begun.remove(ticket)
    return entries.firstIndex { $0.ticket == ticket }.map { entries.remove(at: $0) }
  }

  /// The work that is to be begun now, the oldest first.
  mutating func begin() -> [Entry] {
    let next = entries.filter { $0.due == nil && !begun.contains($0.ticket) }
      .prefix(max(0, Self.mostWork - begun.count))
    begun.formUnion(next.map(\.ticket))
    return Array(next)
  }

  /// Milliseconds until the next timer rings, at least 0; nil where none is set.
  func timeout(now: Int) -> Int? { entries.compactMap(\.due).min().map { max(0, $0 - now) } }

  /// The tickets of the timers that are due by then, the earliest first.
  func due(by time: Int) -> [Int] {
    let timers = entries.compactMap { entry in entry.due.map { (due: $0, ticket: entry.ticket) } }
    return timers.filter { $0.due <= time }.sorted { $0 < $1 }.map(\.ticket)
  }

  private var work: [(label: String, awaiting: Awaiting)] {
    entries.compactMap {
      if case .work(let label, let awaiting) = $0.trigger { (label, awaiting) } else { nil }
    }
  }

  /// The label of the oldest piece of work; nil where none is left.
  var label: String? { work.first?.label }
  /// Whether the keys that come now should wait for something.
  var holdsKeys: Bool { work.contains { $0.awaiting != .nothing } }
  /// Whether what goes into a text field should wait, too.
  var holdsText: Bool { work.contains { $0.awaiting == .all } }
}
