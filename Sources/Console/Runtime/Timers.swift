/// Messages to deliver later, by the time when they are due, in milliseconds of any one clock.
package struct Timers: Sendable {
  private var waiting: [(due: Int, delivery: Delivery)] = []

  package init() {}

  package mutating func add(_ delivery: Delivery, due: Int) {
    waiting.append((due, delivery))
  }

  /// Forgets those that nobody wants any more, so that they wake nobody.
  package mutating func keep(where isWanted: (ReturnAddress) -> Bool) {
    waiting.removeAll { !isWanted($0.delivery.address) }
  }

  /// Milliseconds until the next is due, at least 0; nil where none waits.
  package func timeout(now: Int) -> Int? {
    waiting.map(\.due).min().map { max(0, $0 - now) }
  }

  /// Takes those that are due, the earliest first.
  package mutating func takeDue(now: Int) -> [Delivery] {
    let due = waiting.filter { $0.due <= now }.sorted { $0.due < $1.due }
    waiting.removeAll { $0.due <= now }
    return due.map(\.delivery)
  }
}
