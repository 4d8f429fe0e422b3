package import Terminal
private import Synchronization

/// Carries letters from other threads to the loop.
package final class Mailbox: Sendable {
  /// A letter, which tells the compositor something.
  package struct Letter: Sendable {
    let tell: @Sendable (inout Compositor) -> Void

    /// The data may have been changed by others.
    package static let refresh = Letter { $0.refresh() }
    /// The rules may have changed, because a setting may have been changed.
    package static func rules(_ rules: ConsoleRules) -> Letter { Letter { $0.setRules(rules) } }
    /// A text for the title bar beside the store's name, such as who else is present; nil for none.
    package static func company(_ text: String?) -> Letter { Letter { $0.company = text } }
    /// News about the store, which replace that text; nil where there are none any more.
    package static func storeNews(_ text: String?) -> Letter { Letter { $0.storeNews = text } }
    /// The person may no longer use the console. The problem tells the reason.
    package static func signedOut(_ problem: Problem) -> Letter {
      Letter { $0.commands.append(.end(.signedOut(problem))) }
    }
  }

  private let letters = Mutex<[Letter]>([])
  private let waker: any TerminalWaker

  package init(waker: any TerminalWaker) { self.waker = waker }

  /// Leaves a letter, and wakes the loop. Any thread may call this.
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
