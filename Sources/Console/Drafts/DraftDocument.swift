import Access
import Administration
private import Foundation

/// Drafts as the store keeps them.
extension PendingEdits {
  /// As JSON; nil where it holds what could be a Token ID, which a field may be given by mistake.
  var document: String? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else { return nil }
    let text = String(decoding: data, as: UTF8.self)
    return TokenID.isContained(in: text) || PastedTokenID.holdsTokenID(text) ? nil : text
  }

  /// Nil where it can't be read, as when another popsec wrote it.
  init?(document: String) {
    guard let pending = try? JSONDecoder().decode(PendingEdits.self, from: Data(document.utf8)) else {
      return nil
    }
    self = pending
  }
}

extension ConsoleContext {
  /// Keeps what is pending for when the user comes back. Returns how many pages that was; none of who is no
  /// user, or may no longer be here.
  package func keep(_ drafts: [Draft]) -> Int {
    let documents = drafts.compactMap { draft in
      draft.pending.document.map { (place: draft.place.rawValue, title: draft.title, document: $0) }
    }
    return (try? administration.keepDrafts(documents)) ?? 0
  }
}
