/// What one kind of popsec's processes may do in the database of a store, and no more.
///
/// Only this table says so. `Resources/cluster/roles.sql` is written from the table (`RolesScriptTests`), and `popsec doctor`
/// compares the server with it.
package struct DatabaseRole: Sendable {
  /// The name of the role in the server.
  package let name: String
  /// Whose logins are members of the role.
  let users: String
  /// What the role may do, in words.
  let summary: String
  /// What the role may do with all tables of some schemas.
  let given: [Given]
  /// What of this the role may not do with some tables.
  let withheld: [Withheld]
  /// What of these tables the role may not read.
  let hidden: [Hidden]

  struct Given: Sendable {
    let rights: [TableRight]
    let schemas: [String]
  }

  struct Withheld: Sendable {
    let rights: [TableRight]
    let tables: [String]
  }

  struct Hidden: Sendable {
    let columns: [String]
    let table: String
  }

  /// The schemas of a store.
  package static let schemas = ["popsec", "popsec_gate"]

  private static let operators = DatabaseRole(
    name: "popsec_operator", users: "console and commands of people who change things",
    summary: "everything but to change what was recorded, or what the store is",
    given: [Given(rights: TableRight.allCases, schemas: schemas)],
    withheld: [
      Withheld(rights: [.update, .delete], tables: ["popsec.audit"]),
      Withheld(
        rights: [.insert, .update, .delete],
        tables: [
          "popsec.audit_checkpoint", "popsec.store_identity", "popsec.migration", "popsec_gate.migration",
        ]),
      Withheld(rights: [.delete], tables: ["popsec.gate_key"]),
    ],
    hidden: [])

  private static let support = DatabaseRole(
    name: "popsec_support",
    users: "console and commands of people who look: no sealed Token ID can be read, nothing can be changed",
    summary: "everything that can be read, but for the sealed Token IDs and their hashes",
    given: [Given(rights: [.select], schemas: schemas)],
    withheld: [],
    hidden: [Hidden(columns: ["sealed", "lookup_hash"], table: "popsec.token_id")])

  private static let gates = DatabaseRole(
    name: "popsec_gate", users: "gates: they read what they decide by, and write what they record",
    summary: "the store as it is but for the sealed Token IDs, and the gates' own records",
    given: [
      Given(rights: [.select], schemas: ["popsec"]),
      Given(rights: TableRight.allCases, schemas: ["popsec_gate"]),
    ],
    withheld: [Withheld(rights: [.insert, .update, .delete], tables: ["popsec_gate.migration"])],
    hidden: [Hidden(columns: ["sealed"], table: "popsec.token_id")])

  package static let all = [operators, support, gates]
}

/// A right that roles are given on tables (postgresql.org/docs/15/ddl-priv.html).
enum TableRight: String, CaseIterable, Sendable {
  case select = "SELECT"
  case insert = "INSERT"
  case update = "UPDATE"
  case delete = "DELETE"
}

extension DatabaseRole {
  /// What the role may do with something in the store's schemas. Nobody but its owner needs a right on a sequence, because
  /// numbers are given by identity columns.
  func rights(on object: DatabaseObject) -> Set<HeldRight> {
    switch object.kind {
    case .schema: return [HeldRight(name: "USAGE", column: nil)]
    case .sequence: return []
    case .table:
      let withheld = Set(withheld.filter { $0.tables.contains(object.name) }.flatMap(\.rights))
      let given = given.filter { $0.schemas.contains(object.schema) }.flatMap(\.rights)
      let hidden = Set(hidden.filter { $0.table == object.name }.flatMap(\.columns))
      let held = given.filter { !withheld.contains($0) }.flatMap { object.spread($0.rawValue) }
      return Set(held.filter { $0.name != TableRight.select.rawValue || !hidden.contains($0.column ?? "") })
    }
  }
}
