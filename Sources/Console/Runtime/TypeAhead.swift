import Terminal

/// Holds keys that came while a screen waits for what it needs to understand them, such as the rows of a list
/// that was just opened, or the end of a save. So `s a Enter` typed at once means the same as typed slowly.
/// The keys are never held for long.
struct TypeAhead: Sendable {
  /// The longest time for which keys are held, in milliseconds. A person who waits longer wants an answer.
  static let patienceMilliseconds = 300

  private var events: [Event] = []
  /// The time when holding ends; nil while nothing is awaited.
  private var deadline: Int?

  /// Notes whether something is awaited now.
  mutating func observe(isAwaiting: Bool, now: Int) {
    guard isAwaiting else {
      deadline = nil
      return
    }
    if deadline == nil { deadline = now + Self.patienceMilliseconds }
  }

  func holds(now: Int) -> Bool { deadline.map { now < $0 } ?? false }

  mutating func add(_ event: Event) { events.append(event) }

  /// The next event to handle; nil where no event is held, or where it must still wait.
  mutating func next(now: Int) -> Event? {
    events.isEmpty || holds(now: now) ? nil : events.removeFirst()
  }

  var isEmpty: Bool { events.isEmpty }

  mutating func drop() { events = [] }

  /// Milliseconds until the held events must be handled; nil where no event is held.
  func timeout(now: Int) -> Int? { events.isEmpty ? nil : deadline.map { max(0, $0 - now) } }
}
