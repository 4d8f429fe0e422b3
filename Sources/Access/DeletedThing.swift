/// The kinds of thing that are kept for a while after they are deleted.
package enum DeletedKind: String, Codable, Hashable, Sendable, CaseIterable {
  case user, apiUser, team, role, connector, company, list, item, widget, endpoint

  /// The kind in the singular, as it is shown on screen.
  package var title: String { self == .apiUser ? "API user" : rawValue }

  /// The kind with its article, as in "a team" and "an API user".
  package var withArticle: String { "aeiA".contains(title.first ?? "x") ? "an \(title)" : "a \(title)" }

  package var accountKind: AccountKind? {
    switch self {
    case .user: .user
    case .apiUser: .apiUser
    default: nil
    }
  }

  package init(_ kind: AccountKind) { self = kind == .user ? .user : .apiUser }

  /// The place of the kind in the order of things that were deleted at the same instant.
  package var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// Something that is or was deleted, named by its kind and id.
package struct DeletedThing: Hashable, Sendable {
  package let kind: DeletedKind
  private let number: Identifier<DeletedThing>

  package init<Thing>(_ kind: DeletedKind, _ id: Identifier<Thing>) {
    self.kind = kind
    number = id.of(DeletedThing.self)
  }

  /// Reads an id as ``Identifier/init(_:)`` does.
  package init?(_ kind: DeletedKind, id text: String) {
    guard let id = Identifier<DeletedThing>(text) else { return nil }
    self.init(kind, id)
  }

  /// The id as a number, ``Identifier/rawValue``.
  package var id: Int64 { number.rawValue }

  package func identifier<Thing>() -> Identifier<Thing> { number.of(Thing.self) }

  /// The id as a text, ``Identifier/description``.
  package var idText: String { number.description }
}

/// The coded form is the kind, and the id as ``DeletedThing/idText``.
extension DeletedThing: Codable {
  private enum Key: CodingKey { case kind, id }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(
      try container.decode(DeletedKind.self, forKey: .kind),
      try container.decode(Identifier<DeletedThing>.self, forKey: .id))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(kind, forKey: .kind)
    try container.encode(number, forKey: .id)
  }
}

/// A deletion. Things that went by one deletion, such as a list with its items, come back together.
package struct Deletion: Codable, Hashable, Sendable {
  /// The number of the deletion's audit row.
  package let number: Int64
  package let at: Timestamp

  package init(number: Int64, at: Timestamp) {
    self.number = number
    self.at = at
  }
}
