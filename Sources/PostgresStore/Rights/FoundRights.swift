/// Who may do what with the tables of a store, as its server says. All names are written as SQL writes them, with quotation
/// marks where they need them.
package struct FoundRights: Sendable {
  /// The role that owns the schema `popsec`, and so the store.
  package var owner: String
  /// The role by which this was read.
  package var reader: String
  package var readerIsSuperuser: Bool
  /// The schemas of the store, and what is in them.
  package var objects: [DatabaseObject]
  /// What was given to others than the owner of the object.
  package var grants: [GivenRight]
  /// What others will be given on tables that the store's owner makes later.
  package var ahead: [FutureRight]
  /// popsec's roles that the server has.
  package var roles: [FoundRole]
}

/// Something in the store's schemas on which the server keeps rights.
package struct DatabaseObject: Hashable, Sendable {
  package enum Kind: String, Sendable {
    case schema, sequence
    /// A table, a view, or whatever else has columns.
    case table
  }

  package let kind: Kind
  let schema: String
  /// The name, for a table with its schema.
  package let name: String
  var owner: String
  /// The columns of a table.
  var columns: [String] = []

  /// The rights that may be given on a part of a table (postgresql.org/docs/15/ddl-priv.html, table 5.2).
  private static let byColumn: Set = ["SELECT", "INSERT", "UPDATE", "REFERENCES"]

  /// A right on the whole of this, as the rights on its columns where the right may be given on columns. What a role may do
  /// is then the same, whichever way it was given.
  func spread(_ right: String) -> [HeldRight] {
    guard kind == .table, Self.byColumn.contains(right), !columns.isEmpty else {
      return [HeldRight(name: right, column: nil)]
    }
    return columns.map { HeldRight(name: right, column: $0) }
  }
}

/// A right on something, or on a column of it.
struct HeldRight: Hashable, Sendable {
  let name: String
  let column: String?
}

/// A right that somebody was given.
package struct GivenRight: Hashable, Sendable {
  /// The role that has the right; ``everybody`` for all roles.
  let grantee: String
  /// The name of the object.
  let object: String
  let column: String?
  let right: String
  /// Whether the role may give the right to others.
  var mayPassOn = false

  /// The name by which SQL means all roles. A role's own name would be written with quotation marks.
  package static let everybody = "PUBLIC"
}

/// A right on what is made later (ALTER DEFAULT PRIVILEGES).
package struct FutureRight: Hashable, Sendable {
  package let grantee: String
  /// The schema; nil where all schemas are meant.
  package let schema: String?
  /// What will be made: `TABLES` or `SEQUENCES`.
  package let kind: String
  package let right: String
}

/// A role of popsec in the server.
package struct FoundRole: Hashable, Sendable {
  package let name: String
  /// The attributes that lead around all rights, for example `SUPERUSER`.
  package var attributes: [String] = []
  /// The other roles whose rights on the store the role has, too.
  package var memberships: [String] = []
}
