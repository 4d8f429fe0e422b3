/// When a console that nobody uses gives memory back: some time after it was used, and at most once a minute while only
/// timers make it work.
struct Rest: Sendable {
  /// The time without a key after which the console rests.
  static let idleMilliseconds = 10_000
  /// The shortest time between two rests of a console that nobody uses meanwhile.
  static let pauseMilliseconds = 60_000

  /// The time when the console rests next; nil while it has nothing to give back.
  private var due: Int?
  private var restedAt: Int?

  /// Notes that a person uses the console now.
  mutating func used(now: Int) { due = now + Self.idleMilliseconds }

  /// Notes that work begins now, which should be over when the rest begins.
  mutating func worked(now: Int) {
    let earliest = restedAt.map { $0 + Self.pauseMilliseconds } ?? now
    due = due ?? max(now + Self.idleMilliseconds, earliest)
  }

  /// Whether the rest begins now.
  mutating func begins(now: Int) -> Bool {
    guard let due, due <= now else { return false }
    self.due = nil
    restedAt = now
    return true
  }

  /// Milliseconds until the rest begins; nil where nothing is due.
  func timeout(now: Int) -> Int? { due.map { max(0, $0 - now) } }
}
