package import Access
package import Store

/// What two subjects may see, both in one state of the store and at one instant.
package struct AccessComparison: Sendable {
  package let first: AccessOverview
  package let second: AccessOverview
  /// The connectors on which something is given to one of them, by name.
  package let catalogues: [ConnectorCatalogue]

  init(_ first: AccessOverview, _ second: AccessOverview) {
    (self.first, self.second) = (first, second)
    let own = Set(first.parts.map(\.catalogue.id))
    let parts = first.parts + second.parts.filter { !own.contains($0.catalogue.id) }
    catalogues = parts.map(\.catalogue).sorted { NameKey($0.connector.name) < NameKey($1.connector.name) }
  }

  package func difference(on catalogue: ConnectorCatalogue) -> AccessDifference {
    AccessDifference(first.matrix(of: catalogue), second.matrix(of: catalogue))
  }
}

extension AccessOverview {
  /// What is seen of a connector of the store, pair by pair; nothing where nothing is given there.
  package func matrix(of catalogue: ConnectorCatalogue) -> AccessMatrix {
    AccessMatrix(part(catalogue.id)?.access, items: catalogue.items)
  }
}

extension AccessSource {
  func knownOverview(of subject: SubjectID, at now: Timestamp) throws -> AccessOverview {
    guard let overview = try overview(of: subject, at: now) else {
      throw AdministrationError.missing(kind: "user, API user or team", name: "")
    }
    return overview
  }
}

extension Administration {
  /// Compares what two subjects may see: now, or at another instant, as the store is now.
  ///
  /// Errors: ``AdministrationError``, ``StoreError``.
  package func comparison(
    of first: SubjectID, with second: SubjectID, at instant: Timestamp? = nil
  ) throws -> AccessComparison {
    try read { reader in
      let source = AccessSource(reader)
      return AccessComparison(
        try source.knownOverview(of: first, at: instant ?? now),
        try source.knownOverview(of: second, at: instant ?? now))
    }
  }
}
