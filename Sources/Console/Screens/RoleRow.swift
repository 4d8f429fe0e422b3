import Access
import Store

/// A system role in the list.
struct RoleRow: Identifiable, Sendable {
  let id: SystemRole
  let name: String
  let summary: String
  let holders: RoleHolders

  /// The id of a custom role; nil for a built-in one.
  var customID: RoleID? { if case .custom(let id) = id { id } else { nil } }

  /// The built-in roles, then the custom ones.
  static func all(_ reader: any SecurityReader) throws -> [RoleRow] {
    let builtIn = BuiltInRole.allCases.map { (SystemRole.builtIn($0), $0.rawValue, $0.meaning) }
    let custom = try reader.customRoles().map { (SystemRole.custom($0.id), $0.name.text, $0.summary.text) }
    return try (builtIn + custom).map { role, name, summary in
      RoleRow(id: role, name: name, summary: summary, holders: try reader.holders(of: role))
    }
  }
}
