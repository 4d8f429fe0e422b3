package import Access
package import Store

/// Finds the names that somebody may have meant where nothing has the name that they gave.
package struct NearbyNames {
  private let reader: any SecurityReader
  private let now: Timestamp

  /// The greatest number of names with a common part that are compared.
  private static let maximumCandidates = 20

  package init(_ reader: any SecurityReader, now: Timestamp) { (self.reader, self.now) = (reader, now) }

  package func accounts(_ kind: AccountKind, _ name: Name) throws -> [String] {
    try Self.nearest(name) { part in
      let query = AccountQuery(kind: kind, matching: part)
      return try reader.accounts(query, .first, limit: Self.maximumCandidates, now: now)
        .rows.map(\.account.name)
    }
  }

  package func teams(_ name: Name) throws -> [String] {
    try Self.nearest(name) { part in
      try reader.teams(TeamQuery(matching: part), .first, limit: Self.maximumCandidates).rows.map(\.team.name)
    }
  }

  /// Those among a few names.
  package static func nearest(_ name: Name, among names: [Name]) -> [String] {
    nearest(name) { part in names.filter { part.matches($0.text) } }
  }

  private static func nearest(_ name: Name, _ search: (SearchText) throws -> [Name]) rethrows -> [String] {
    try Nearest.names(to: name.text) { part in try SearchText(part).map(search)?.map(\.text) ?? [] }
  }
}
