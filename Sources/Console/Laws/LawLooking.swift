import Access
import Administration
import Synchronization

/// Looks at laws in the background, one look after the other: a new look ends the one before, so that no look goes on for
/// nobody. Each look ends after a time, too.
///
/// A look also ends when the screen is gone that wanted it.
final class LawLooking: Sendable {
  /// The number of the last look that was begun.
  private final class Last: Sendable { let number = Atomic<Int>(0) }

  private let context: ConsoleContext
  private let last = Last()

  init(_ context: ConsoleContext) { self.context = context }

  deinit { end() }

  /// Begins a look. The work is to be called off the main actor.
  ///
  /// - Parameters:
  ///   - most: the most breaches that are looked for.
  ///   - milliseconds: the time after which the look ends with what it found.
  func begin(
    most: Int, milliseconds: Int
  ) -> @Sendable (Law<AsWritten>) -> Result<LawLook, Problem> {
    let number = last.number.add(1, ordering: .relaxed).newValue
    return { [context, last] law in
      let end = ContinuousClock.now + .milliseconds(milliseconds)
      return Problem.catching {
        try context.administration.look(at: law, most: most) {
          ContinuousClock.now > end || last.number.load(ordering: .relaxed) != number
        }
      }
    }
  }

  /// Ends the look that is going on.
  func end() { last.number.add(1, ordering: .relaxed) }
}
