@testable import PostgresStore
import Testing

@Suite("Rights of the database that were found, compared with those that popsec's roles are meant to have")
struct RightsComparingTests {
  /// A small store that the role "ada" made, and in which each role has just its rights.
  private static let meant: FoundRights = {
    func table(_ schema: String, _ name: String, _ columns: [String]) -> DatabaseObject {
      DatabaseObject(kind: .table, schema: schema, name: schema + "." + name, owner: "ada", columns: columns)
    }
    let objects =
      DatabaseRole.schemas.map { DatabaseObject(kind: .schema, schema: $0, name: $0, owner: "ada") } + [
        DatabaseObject(kind: .sequence, schema: "popsec", name: "popsec.account_number_seq", owner: "ada"),
        table("popsec", "account", ["id", "name"]), table("popsec", "audit", ["sequence", "actor"]),
        table("popsec", "law", ["id"]), table("popsec", "team", ["id"]),
        table("popsec", "token_id", ["hint", "lookup_hash", "sealed"]),
        table("popsec_gate", "denial", ["number"]), table("popsec_gate", "migration", ["number"]),
      ]
    let grants = DatabaseRole.all.flatMap { role in
      objects.flatMap { object in
        role.rights(on: object).map {
          GivenRight(grantee: role.name, object: object.name, column: $0.column, right: $0.name)
        }
      }
    }
    return FoundRights(
      owner: "ada", reader: "ada", readerIsSuperuser: false, objects: objects, grants: grants, ahead: [],
      roles: DatabaseRole.all.map { FoundRole(name: $0.name) })
  }()

  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let change: @Sendable (inout FoundRights) -> Void
    let findings: [RightsFinding]

    init(
      _ name: String, _ findings: [RightsFinding], _ change: @escaping @Sendable (inout FoundRights) -> Void
    ) {
      (testDescription, self.findings, self.change) = (name, findings, change)
    }
  }

  private static func on(
    _ objects: String..., rights: [String], kind: DatabaseObject.Kind = .table
  ) -> RightsOnObjects {
    RightsOnObjects(rights: rights, kind: kind, objects: objects)
  }

  private static func given(
    _ right: String, _ object: String, column: String? = nil, to grantee: String, passing: Bool = false
  ) -> GivenRight {
    GivenRight(grantee: grantee, object: object, column: column, right: right, mayPassOn: passing)
  }

  private static let alike = [
    Case("just the rights that are meant", []) { _ in },
    Case("a right on the whole of a table is one on each of its columns", []) { found in
      found.grants.removeAll { $0.grantee == "popsec_gate" && $0.object == "popsec.team" }
      found.grants.append(given("SELECT", "popsec.team", to: "popsec_gate"))
    },
    Case("a right on a column beside the one on the whole says nothing new", []) {
      $0.grants.append(given("UPDATE", "popsec.team", column: "id", to: "popsec_operator"))
    },
    Case("what was given to the owner", []) {
      $0.grants.append(given("SELECT", "popsec.team", to: "ada"))
    },
    Case("nothing was given to anybody", [.unused]) { $0.grants = [] },
    Case("there is no role", [.unused]) { ($0.grants, $0.roles) = ([], []) },
  ]

  private static let tooMany = [
    Case(
      "the audit log may be changed",
      [.differs("popsec_operator", tooMany: [on("popsec.audit", rights: ["UPDATE"])], tooFew: [])]
    ) { $0.grants.append(given("UPDATE", "popsec.audit", to: "popsec_operator")) },
    Case(
      "sealed Token IDs may be read",
      [
        .differs(
          "popsec_support", tooMany: [on("popsec.token_id (lookup_hash, sealed)", rights: ["SELECT"])],
          tooFew: [])
      ]
    ) { $0.grants.append(given("SELECT", "popsec.token_id", to: "popsec_support")) },
    Case(
      "one column too many may be read",
      [.differs("popsec_gate", tooMany: [on("popsec.token_id (sealed)", rights: ["SELECT"])], tooFew: [])]
    ) { $0.grants.append(given("SELECT", "popsec.token_id", column: "sealed", to: "popsec_gate")) },
    Case(
      "everybody may read and empty tables",
      [
        .differs(
          "PUBLIC", tooMany: [on("popsec.account", "popsec.team", rights: ["SELECT", "TRUNCATE"])], tooFew: []
        )
      ]
    ) { found in
      for right in ["TRUNCATE", "SELECT"] {
        for table in ["popsec.team", "popsec.account"] {
          found.grants.append(given(right, table, to: "PUBLIC"))
        }
      }
    },
    Case(
      "a right may be passed on",
      [
        .differs(
          "popsec_support", tooMany: [on("popsec.team", rights: ["SELECT WITH GRANT OPTION"])], tooFew: [])
      ]
    ) { $0.grants.append(given("SELECT", "popsec.team", to: "popsec_support", passing: true)) },
    Case(
      "rights on schemas and sequences",
      [
        .differs(
          "popsec_gate",
          tooMany: [
            on("popsec", rights: ["CREATE"], kind: .schema),
            on("popsec.account_number_seq", rights: ["UPDATE"], kind: .sequence),
          ], tooFew: [])
      ]
    ) { found in
      found.grants.append(given("CREATE", "popsec", to: "popsec_gate"))
      found.grants.append(given("UPDATE", "popsec.account_number_seq", to: "popsec_gate"))
    },
    Case(
      "a login was given rights by itself, though popsec's roles have none",
      [.unused, .differs("\"Eve X\"", tooMany: [on("popsec.audit", rights: ["SELECT"])], tooFew: [])]
    ) { $0.grants = [given("SELECT", "popsec.audit", to: "\"Eve X\"")] },
    Case(
      "rights on what is made later",
      [.ahead("PUBLIC", [FutureRight(grantee: "PUBLIC", schema: nil, kind: "TABLES", right: "SELECT")])]
    ) { $0.ahead = [FutureRight(grantee: "PUBLIC", schema: nil, kind: "TABLES", right: "SELECT")] },
    Case(
      "attributes and memberships",
      [
        .raised(FoundRole(name: "popsec_support", memberships: ["popsec_operator"])),
        .raised(FoundRole(name: "popsec_gate", attributes: ["SUPERUSER"])),
      ]
    ) { found in
      found.roles[1].memberships = ["popsec_operator"]
      found.roles[2].attributes = ["SUPERUSER"]
    },
  ]

  private static let tooFew = [
    Case(
      "one table may not be read",
      [.differs("popsec_gate", tooMany: [], tooFew: [on("popsec.law", rights: ["SELECT"])])]
    ) { $0.grants.removeAll { $0.grantee == "popsec_gate" && $0.object == "popsec.law" } },
    Case(
      "a new table has no rights, but for what everybody was given on it",
      [
        .differs(
          "popsec_operator", tooMany: [],
          tooFew: [on("popsec.newer", rights: ["SELECT", "INSERT", "UPDATE", "DELETE"])]),
        .differs("popsec_support", tooMany: [], tooFew: [on("popsec.newer", rights: ["SELECT"])]),
        .differs("popsec_gate", tooMany: [], tooFew: [on("popsec.newer", rights: ["SELECT"])]),
        .differs("PUBLIC", tooMany: [on("popsec.newer", rights: ["SELECT"])], tooFew: []),
      ]
    ) { found in
      found.objects.append(
        DatabaseObject(kind: .table, schema: "popsec", name: "popsec.newer", owner: "ada", columns: ["a"]))
      found.grants.append(given("SELECT", "popsec.newer", to: "PUBLIC"))
    },
    Case(
      "a new column of a table of which not all may be read",
      ["popsec_support", "popsec_gate"].map {
        .differs($0, tooMany: [], tooFew: [on("popsec.token_id (newer)", rights: ["SELECT"])])
      }
    ) { found in
      for place in found.objects.indices where found.objects[place].name == "popsec.token_id" {
        found.objects[place].columns.append("newer")
      }
      for right in ["SELECT", "INSERT", "UPDATE"] {
        found.grants.append(given(right, "popsec.token_id", to: "popsec_operator"))
      }
    },
    Case(
      "too many and too few at once",
      [
        .differs(
          "popsec_support", tooMany: [on("popsec.team", rights: ["DELETE"])],
          tooFew: [on("popsec", rights: ["USAGE"], kind: .schema)])
      ]
    ) { found in
      found.grants.removeAll { $0.grantee == "popsec_support" && $0.object == "popsec" }
      found.grants.append(given("DELETE", "popsec.team", to: "popsec_support"))
    },
    Case("a role is not there", [.missing(["popsec_gate"])]) { found in
      found.grants.removeAll { $0.grantee == "popsec_gate" }
      found.roles.removeAll { $0.name == "popsec_gate" }
    },
    Case(
      "a part of the store has another owner",
      [.foreign(owner: "popsec_gate", of: [meant.objects[3]].map { changed($0, owner: "popsec_gate") })]
    ) { found in
      found.grants.removeAll { $0.grantee == "popsec_gate" && $0.object == "popsec.account" }
      found.objects[3] = changed(found.objects[3], owner: "popsec_gate")
    },
  ]

  private static func changed(_ object: DatabaseObject, owner: String) -> DatabaseObject {
    var object = object
    object.owner = owner
    return object
  }

  @Test("what differs is told, and nothing else", arguments: alike + tooMany + tooFew)
  func findings(one: Case) {
    var found = Self.meant
    one.change(&found)
    #expect(found.findings() == one.findings)
  }
}
