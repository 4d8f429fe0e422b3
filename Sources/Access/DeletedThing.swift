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
