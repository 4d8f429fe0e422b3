import Access
import Store

/// A system role or a team that somebody has, in the form of the security file: a name alone, or a name with
/// bounds.
struct HeldRecord: Encodable, Sendable {
  let name: String
  let bounds: Bounds

  private enum Key: CodingKey { case name, from, until }

  func encode(to encoder: any Encoder) throws {
    guard !bounds.isAlways else {
      var container = encoder.singleValueContainer()
      return try container.encode(name)
    }
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(name, forKey: .name)
    try container.encodeIfPresent(bounds.from?.description, forKey: .from)
    try container.encodeIfPresent(bounds.until?.description, forKey: .until)
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
