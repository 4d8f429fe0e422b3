import Terminal

/// Keys that came while a screen waits for what it needs to understand them: the rows of a list
/// that was just opened, the end of a save. They are held until it is there, so that `s a Enter`
/// typed in one go means the same as typed slowly; but never for long.
struct TypeAhead: Sendable {
  /// How long keys are held at most, in milliseconds: then the person wants an answer.
  static let patienceMilliseconds = 300

  private var events: [Event] = []
  /// When holding ends; nil while nothing is awaited.
  private var deadline: Int?

  /// Tells whether something is awaited now.
  mutating func observe(isAwaiting: Bool, now: Int) {
    guard isAwaiting else {
      deadline = nil
      return
    }
    if deadline == nil { deadline = now + Self.patienceMilliseconds }
  }

  func holds(now: Int) -> Bool { deadline.map { now < $0 } ?? false }

  mutating func add(_ event: Event) { events.append(event) }

  /// The next event to be handled; nil where none is held, or it must wait.
  mutating func next(now: Int) -> Event? {
    events.isEmpty || holds(now: now) ? nil : events.removeFirst()
  }

  var isEmpty: Bool { events.isEmpty }

  mutating func drop() { events = [] }

  /// Milliseconds until what is held must be handled; nil where nothing is held.
  func timeout(now: Int) -> Int? { events.isEmpty ? nil : deadline.map { max(0, $0 - now) } }
}
