/// Changes that a page has pending, as they can be kept until their user comes back.
package struct Draft: Hashable, Sendable {
  /// The page.
  package let place: Place
  /// As people know it, as in `Lists of Sales MX`.
  package let title: String
  let pending: PendingEdits
}

/// What is pending on a page, by ids and by what was typed.
enum PendingEdits: Codable, Hashable, Sendable {
  /// The fields of a General page, by their labels.
  case general(was: [String: String], becomes: [String: String])
  case checklist(was: Choice, becomes: Choice)
  case members(adding: [String], removing: [String])

  /// A ``Coverage``.
  enum Choice: Codable, Hashable, Sendable {
    case all
    case only([String])
  }
}
