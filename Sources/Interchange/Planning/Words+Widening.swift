import Access
import Administration
import Store

/// The beginnings and ends that a file leaves out or moves so that something counts at an instant, from now on, at
/// which it would not.
extension NameBook {
  func widened(_ before: TeamContent, _ after: TeamContent, from now: Timestamp) -> [FieldChange] {
    widened("role", before.roles, after.roles, from: now) { name($0) }
      + widened(before.grants, after.grants, from: now)
  }

  func widened(_ before: AccountContent, _ after: AccountContent, from now: Timestamp) -> [FieldChange] {
    widened("team", before.teams, after.teams, from: now) { name($0, \.teams) }
      + widened("role", before.roles, after.roles, from: now) { name($0) }
      + widened(before.grants, after.grants, from: now)
      + widened(before.tokens ?? [:], after.tokens ?? [:], from: now)
  }

  private func widened<Element>(
    _ kind: String, _ before: BoundedSet<Element>, _ after: BoundedSet<Element>, from now: Timestamp,
    _ name: (Element) -> String
  ) -> [FieldChange] {
    before.elements.intersection(after.elements).compactMap { element in
      widened("\(kind) \(name(element))", before[element], after[element], from: now)
    }.sorted { $0.field < $1.field }
  }

  private func widened(
    _ before: [ConnectorID: Permissions], _ after: [ConnectorID: Permissions], from now: Timestamp
  ) -> [FieldChange] {
    before.compactMap { connector, permissions in
      widened(
        "grant on \(name(connector, \.connectors))", permissions.bounds, after[connector]?.bounds, from: now)
    }.sorted { $0.field < $1.field }
  }

  private func widened(
    _ before: [NameKey: TokenContent], _ after: [NameKey: TokenContent], from now: Timestamp
  ) -> [FieldChange] {
    before.compactMap { key, token in
      let becomes = after[key]?.keeping(token).terms
      return widened("token \(token.terms.name.text)", token.terms.bounds, becomes?.bounds, from: now)
    }.sorted { $0.field < $1.field }
  }

  private func widened(
    _ field: String, _ before: Bounds?, _ after: Bounds?, from now: Timestamp
  ) -> FieldChange? {
    guard let before, let after, !after.isCovered(by: [before], from: now) else { return nil }
    func words(_ bounds: Bounds) -> String {
      bounds.isAlways ? "without bounds" : bounds.words.joined(separator: " ")
    }
    return FieldChange(field, before: words(before), after: words(after))
  }
}

extension TokenTerms {
  fileprivate var bounds: Bounds {
    // A file whose token ends before it begins is refused where it is read.
    (try? Bounds(from: validFrom, until: expiry.timestamp)) ?? Bounds(until: expiry.timestamp)
  }
}
