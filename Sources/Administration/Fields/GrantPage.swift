package import Access

/// The pages on which a grant is edited, one for each field of ``Permissions``.
package enum GrantPage: Hashable, Sendable, CaseIterable {
  case roles, companies, lists
  case items(ItemKind)

  package static let allCases: [GrantPage] =
    [.roles, .companies, .lists] + ItemKind.allCases.map(GrantPage.items)

  /// The field that this page edits. When a list is taken away, its items go with it.
  package var field: Field<Permissions> {
    switch self {
    case .roles: Field("roles", "Roles", \.roles, .names) { roles, _ in roles.map(\.rawValue).sorted() }
    case .companies:
      Field("companies", "Companies", \.companies, .names) { companies, names in
        companies.words { names.names($0, \.companies) }
      }
    case .lists:
      Field("lists", "Lists", \.lists, .names) { lists, names in lists.words { names.names($0, \.lists) } }
    case .items(let kind):
      Field("\(kind.rawValue)s", kind.title, \.[kind], .names) { items, names in
        items.words { $0.map(names.name).sorted() }
      }.audited(as: kind.title.lowercased())
    }
  }
}

extension Permissions: Described {
  package static let fields: [Field<Permissions>] = GrantPage.allCases.map(\.field) + Field.bounds(\.bounds)
}

extension Coverage {
  fileprivate func words(_ names: (Set<Element>) -> [String]) -> [String] { only.map(names) ?? ["all"] }
}
