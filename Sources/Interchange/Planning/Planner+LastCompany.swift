import Access
import Administration
import Store

extension Planner {
  /// What an entry gives to people by leaving a connector without any company where it had some.
  func openings(_ entry: ConnectorEntry<Named>, _ present: ConnectorCatalogue?) throws -> [FieldChange] {
    guard entry.companies.isEmpty, let present, !present.companies.isEmpty else { return [] }
    return try WidenedGrants(on: present.id, reader).words
      .map { [FieldChange("the last company leaves", before: nil, after: $0)] } ?? []
  }
}
