package import Terminal
private import Synchronization

/// What other threads have for the loop.
package final class Mailbox: Sendable {
  /// What is told to the compositor.
  package struct Letter: Sendable {
    let tell: @Sendable (inout Compositor) -> Void

    /// The data may have changed by other hands.
    package static let refresh = Letter { $0.refresh() }
    /// Other rules, since a setting may have been changed.
    package static func rules(_ rules: ConsoleRules) -> Letter { Letter { $0.setRules(rules) } }
    /// Something to stand in the title bar beside the store, such as who else is here; nil for nothing.
    package static func company(_ text: String?) -> Letter { Letter { $0.company = text } }
    /// What the store tells, to stand in place of that; nil where there is nothing any more.
    package static func storeNews(_ text: String?) -> Letter { Letter { $0.storeNews = text } }
    /// The person may no longer be here, for that reason.
    package static func signedOut(_ problem: Problem) -> Letter {
      Letter { $0.commands.append(.end(.signedOut(problem))) }
    }
  }

  private let letters = Mutex<[Letter]>([])
  private let waker: any TerminalWaker

  package init(waker: any TerminalWaker) { self.waker = waker }

  /// Leaves a letter and wakes the loop; from any thread.
  package func post(_ letter: Letter) {
    letters.withLock { $0.append(letter) }
    waker.wake()
  }

  package func takeAll() -> [Letter] {
    letters.withLock { letters in
      defer { letters = [] }
      return letters
    }
  }
}
