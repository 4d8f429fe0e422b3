internal import Access
private import Foundation
private import Synchronization

/// Laws by the texts in which a store keeps them, so that a text is read once and not in each transaction.
///
/// What a text says never changes. So the shelf is right whatever the store has, and needs no news of changes.
package final class LawShelf: Sendable {
  private let laws = Mutex<[String: Law<AsWritten>]>([:])

  package init() {}

  /// The law that a text says; nil where the text says none.
  func law(_ text: String) -> Law<AsWritten>? {
    if let known = laws.withLock({ $0[text] }) { return known }
    guard let law = try? JSONDecoder().decode(Law<AsWritten>.self, from: Data(text.utf8)) else { return nil }
    laws.withLock { $0[text] = law }
    return law
  }

  /// Forgets the laws of all other texts.
  func keep(_ texts: some Collection<String>) {
    laws.withLock { laws in
      guard laws.count > texts.count else { return }
      let kept = Set(texts)
      laws = laws.filter { kept.contains($0.key) }
    }
  }
}
