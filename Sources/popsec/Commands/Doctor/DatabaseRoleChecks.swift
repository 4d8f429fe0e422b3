import PostgresStore

/// Checks who may do what in the database of a store.
struct DatabaseRoleChecks {
  static let subject = "database roles"
  let rights: FoundRights

  var all: [HealthCheck] {
    let findings = rights.findings()
    return (findings.isEmpty ? [good] : findings.map(check)) + superuser
  }

  private var good: HealthCheck {
    let roles = listed(DatabaseRole.all.map(\.name))
    return .good(
      Self.subject,
      "\(roles) have their rights, and nobody else has any but \(rights.owner), who owns the store")
  }

  private var superuser: [HealthCheck] {
    guard rights.readerIsSuperuser else { return [] }
    return [
      .warning(
        "database login", "\(rights.reader) is a superuser of the server, whom no right holds back",
        "connect by logins that are none: gates, support and operators as members of popsec's roles")
    ]
  }

  private func check(_ finding: RightsFinding) -> HealthCheck {
    switch finding {
    case .unused:
      .note(
        Self.subject,
        "popsec's roles have no rights in this database: only \(rights.owner), who owns the store, can use it",
        "\(Self.script) gives gates, support and operators the least that they need")
    case .missing(let names):
      bad("the server lacks \(listed(names))", "run \(Self.script) again by psql, as a superuser")
    case .differs(let who, let tooMany, let tooFew):
      bad(
        "\(words(who)) has "
          + [("too many rights", tooMany), ("too few rights", tooFew)].filter { !$0.1.isEmpty }
          .map { "\($0): \($1.map(words).joined(separator: "; "))" }.joined(separator: "; and "),
        isOwn(who) ? running : asOwner(Self.revoking(Set(tooMany.map(\.kind)), from: who)))
    case .ahead(let who, let grants): ahead(who, grants)
    case .foreign(let owner, let objects): foreign(owner, objects)
    case .raised(let role): raised(role)
    }
  }

  private func ahead(_ who: String, _ grants: [FutureRight]) -> HealthCheck {
    let given = grants.map { "\($0.right) on \($0.kind)" + ($0.schema.map { " in \($0)" } ?? "") }
    let places = Set(grants.map { ($0.schema.map { "IN SCHEMA \($0) " } ?? "") + "REVOKE ALL ON \($0.kind)" })
    return bad(
      "\(words(who)) will have rights on what \(rights.owner) makes later: \(listed(given))",
      asOwner(places.sorted().map { "ALTER DEFAULT PRIVILEGES FOR ROLE \(rights.owner) \($0) FROM \(who)" }))
  }

  private func foreign(_ owner: String, _ objects: [DatabaseObject]) -> HealthCheck {
    bad(
      "\(owner) owns \(listed(objects.map { "the \($0.kind) \($0.name)" })), and may do everything there",
      "as a superuser: "
        + objects.map { "ALTER \($0.kind.rawValue.uppercased()) \($0.name) OWNER TO \(rights.owner)" }
        .prefix(Self.most).joined(separator: "; "))
  }

  private func raised(_ role: FoundRole) -> HealthCheck {
    let attributes = role.attributes.map { "NO" + $0 }.joined(separator: " ")
    let commands =
      (attributes.isEmpty ? [] : ["ALTER ROLE \(role.name) \(attributes)"])
      + role.memberships.map { "REVOKE \($0) FROM \(role.name)" }
    return bad(
      "\(role.name) can do more than its rights say, by \(listed(role.attributes + role.memberships))",
      "as a superuser: " + commands.joined(separator: "; "))
  }

  private func bad(_ text: String, _ advice: String) -> HealthCheck { .bad(Self.subject, text, advice) }
}

// Words.
extension DatabaseRoleChecks {
  /// The most things of one kind that are named one by one.
  private static let most = 3
  /// Where the package puts the script that gives popsec's roles their rights.
  private static let script = "/usr/share/doc/popsec/examples/roles.sql"

  /// What gives popsec's roles their rights, and takes all others from them and from everybody.
  private var running: String { "run \(Self.script) again by psql, as \(rights.owner), who owns the store" }

  private func asOwner(_ commands: [String]) -> String {
    "as \(rights.owner): " + commands.joined(separator: "; ")
  }

  private static func revoking(_ kinds: Set<DatabaseObject.Kind>, from who: String) -> [String] {
    let schemas = DatabaseRole.schemas.joined(separator: ", ") + " FROM \(who) CASCADE"
    let commands: [(kind: DatabaseObject.Kind, text: String)] = [
      (.table, "REVOKE ALL ON ALL TABLES IN SCHEMA \(schemas)"),
      (.sequence, "REVOKE ALL ON ALL SEQUENCES IN SCHEMA \(schemas)"),
      (.schema, "REVOKE ALL ON SCHEMA \(schemas)"),
    ]
    return commands.filter { kinds.contains($0.kind) }.map(\.text)
  }

  private func isOwn(_ who: String) -> Bool {
    who == GivenRight.everybody || DatabaseRole.all.contains { $0.name == who }
  }

  private func words(_ who: String) -> String { who == GivenRight.everybody ? "everybody (PUBLIC)" : who }

  private func words(_ rights: RightsOnObjects) -> String {
    let kind = rights.kind == .table ? "" : rights.kind.rawValue + (rights.objects.count > 1 ? "s " : " ")
    return rights.rights.joined(separator: ", ") + " on " + kind + listed(rights.objects)
  }

  private func listed(_ items: [String]) -> String {
    let more = items.count - Self.most
    return items.prefix(Self.most).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }
}
