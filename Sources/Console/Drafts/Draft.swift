import Access
import Administration
private import Foundation

/// The pending changes of a page, in a form that can be kept until their user comes back.
package struct Draft: Hashable, Sendable {
  /// The place of the page.
  package let place: Place
  /// The title for people, as in `Lists of Sales MX`.
  package let title: String
  let pending: PendingEdits
}

/// The pending edits of a page, or what was typed there, as the JSON text that the store keeps.
struct PendingEdits: Hashable, Sendable {
  enum Kind: String {
    /// An ``Edit`` of the texts in the fields of a General page, by the fields' labels.
    case general
    /// An ``Edit`` of a ``Coverage``.
    case checklist
    /// An ``Edit`` of what is held, each with its bounds.
    case bounded
    /// A ``MemberChange``.
    case members
  }

  let document: String

  /// Makes the text. Nil where it would hold what may be a Token ID, which a person can type into a field by
  /// mistake.
  init?(_ kind: Kind, _ value: some Encodable) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode([kind.rawValue: value]) else { return nil }
    document = String(decoding: data, as: UTF8.self)
    if TokenID.isContained(in: document) || PastedTokenID.holdsTokenID(document) { return nil }
  }

  /// Reads a kept text. Nil where it can't be read, because another version of popsec wrote it.
  init?(document: String) {
    let data = Data(document.utf8)
    guard let kinds = try? JSONDecoder().decode([String: [String: Something]].self, from: data),
      kinds.count == 1, let (kind, parts) = kinds.first, Kind(rawValue: kind) != nil, !parts.isEmpty
    else { return nil }
    self.document = document
  }

  /// The value; nil where the text is of another kind, or where the value can't be read.
  func read<Value: Decodable>(_ kind: Kind, as type: Value.Type = Value.self) -> Value? {
    try? JSONDecoder().decode([String: Value].self, from: Data(document.utf8))[kind.rawValue]
  }

  private struct Something: Decodable {
    init(from decoder: any Decoder) {}
  }
}
