import Access
import Administration
private import Foundation

/// Changes that a page has pending, as they can be kept until their user comes back.
package struct Draft: Hashable, Sendable {
  /// The page.
  package let place: Place
  /// As people know it, as in `Lists of Sales MX`.
  package let title: String
  let pending: PendingEdits
}

/// What is pending on a page: a value, or what was typed, as the JSON that the store keeps.
struct PendingEdits: Hashable, Sendable {
  enum Kind: String {
    /// An ``Edit`` of what the fields of a General page hold, by their labels.
    case general
    /// An ``Edit`` of a ``Coverage``.
    case checklist
    /// A ``MemberChange``.
    case members
  }

  let document: String

  /// Nil where it holds what could be a Token ID, which a field may be given by mistake.
  init?(_ kind: Kind, _ value: some Encodable) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode([kind.rawValue: value]) else { return nil }
    document = String(decoding: data, as: UTF8.self)
    if TokenID.isContained(in: document) || PastedTokenID.holdsTokenID(document) { return nil }
  }

  /// Nil where nothing in it can be read, as when another popsec wrote it.
  init?(document: String) {
    let data = Data(document.utf8)
    guard let kinds = try? JSONDecoder().decode([String: [String: Something]].self, from: data),
      kinds.count == 1, let (kind, parts) = kinds.first, Kind(rawValue: kind) != nil, !parts.isEmpty
    else { return nil }
    self.document = document
  }

  /// Nil where it is of another kind, or has no such value.
  func read<Value: Decodable>(_ kind: Kind, as type: Value.Type = Value.self) -> Value? {
    try? JSONDecoder().decode([String: Value].self, from: Data(document.utf8))[kind.rawValue]
  }

  private struct Something: Decodable {
    init(from decoder: any Decoder) {}
  }
}
