/// What is kept for a while when it is deleted.
package enum DeletedKind: String, Codable, Hashable, Sendable, CaseIterable {
  case user, apiUser, team, role, connector, company, list, item, widget, endpoint

  /// As on screen, of one.
  package var title: String { self == .apiUser ? "API user" : rawValue }

  /// As in "a team" and "an API user".
  package var withArticle: String { "aeiA".contains(title.first ?? "x") ? "an \(title)" : "a \(title)" }

  package var accountKind: AccountKind? {
    switch self {
    case .user: .user
    case .apiUser: .apiUser
    default: nil
    }
  }

  package init(_ kind: AccountKind) { self = kind == .user ? .user : .apiUser }

  /// Among those deleted at one instant.
  package var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// Something that is, or was, deleted, by its id.
package struct DeletedThing: Hashable, Sendable {
  package let kind: DeletedKind
  private let number: Identifier<DeletedThing>

  package init<Thing>(_ kind: DeletedKind, _ id: Identifier<Thing>) {
    self.kind = kind
    number = id.of(DeletedThing.self)
  }

  /// As ``Identifier/init(_:)`` reads an id.
  package init?(_ kind: DeletedKind, id text: String) {
    guard let id = Identifier<DeletedThing>(text) else { return nil }
    self.init(kind, id)
  }

  /// The ``Identifier/rawValue``.
  package var id: Int64 { number.rawValue }

  package func identifier<Thing>() -> Identifier<Thing> { number.of(Thing.self) }

  /// As ``Identifier/description``.
  package var idText: String { number.description }
}

/// The kind, and the id as ``DeletedThing/idText``.
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

/// What deletes something. What went by one deletion, such as a list with its items, comes back together.
package struct Deletion: Codable, Hashable, Sendable {
  /// Of its audit row.
  package let number: Int64
  package let at: Timestamp

  package init(number: Int64, at: Timestamp) {
    self.number = number
    self.at = at
  }
}
