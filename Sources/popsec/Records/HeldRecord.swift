import Access
import Interchange
import Store

/// A system role or a team that somebody has, in the form of the security file: a name alone, or a name with
/// bounds.
struct HeldRecord: RecordValue, Sendable {
  let name: String
  let bounds: Bounds

  private static let columns: [Column<Self>] = [
    .data("name") { $0.name },
    .dataIfAny("from") { $0.bounds.from?.printed },
    .dataIfAny("until") { $0.bounds.until?.printed },
  ]

  static var schema: JSONSchema { .any(of: [.text, .object(columns.compactMap(\.property))]) }

  func encode(to encoder: any Encoder) throws {
    guard !bounds.isAlways else {
      var container = encoder.singleValueContainer()
      return try container.encode(name)
    }
    try ChosenColumns(row: self, columns: Self.columns).encode(to: encoder)
  }
}

extension [HeldRecord] {
  /// The names with their bounds, as in `WidgetReader until 2027-02-01T00:00:00Z, APIReader`.
  var text: String { map { ([$0.name] + $0.bounds.words).joined(separator: " ") }.cellText }
}

extension SecurityReader {
  /// The system roles of a subject, ordered by name. Deleted roles are left out.
  func heldRoles(of subject: SubjectID) throws -> [HeldRecord] {
    try roles(of: subject).bounded.compactMap { held in
      let name: String? =
        switch held.value {
        case .builtIn(let builtIn): builtIn.rawValue
        case .custom(let id): try customRole(id)?.name.text
        }
      return name.map { HeldRecord(name: $0, bounds: held.bounds) }
    }.sorted { $0.name < $1.name }
  }
}
