extension Session {
  /// Grants for people, one paragraph each.
  func showGrants(_ grants: [GrantRecord]) throws {
    for grant in grants {
      try output.line()
      try output.fields([
        ("Connector", grant.connector), ("Given to", "\(grant.subjectKind):\(grant.subject)"),
        ("Roles", grant.roles.joined(separator: ", ")), ("Companies", text(grant.companies) { $0 }),
        ("Lists", text(grant.lists) { $0 }), ("Actions", text(grant.actions, item)),
        ("Details", text(grant.details, item)), ("List actions", text(grant.listActions, item)),
      ])
      guard !grant.leftTheCatalogue.isEmpty else { continue }
      try output.fields([("Left the catalogue", grant.leftTheCatalogue.joined(separator: ", "))])
    }
  }

  private func item(_ item: ItemRecord) -> String { "\(item.list): \(item.name)" }

  private func text<Element>(_ coverage: CoverageRecord<Element>, _ name: (Element) -> String) -> String {
    switch coverage {
    case .all: "all"
    case .only(let elements): elements.map(name).joined(separator: ", ")
    }
  }
}
