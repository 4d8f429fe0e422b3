/// What differs between the rights that a server gives and those that popsec's roles are meant to have.
package enum RightsFinding: Hashable, Sendable {
  /// None of the roles has any right here, so that only the owner can use the store.
  case unused
  /// Some of the roles are there, and these are not.
  case missing([String])
  /// A role, or everybody, has rights too many, or too few.
  case differs(String, tooMany: [RightsOnObjects], tooFew: [RightsOnObjects])
  /// A role, or everybody, will have rights on what the store's owner makes later.
  case ahead(String, [FutureRight])
  /// Some of the store belongs to a role other than its owner.
  case foreign(owner: String, of: [DatabaseObject])
  /// A role of popsec's has attributes, or is a member of roles, by which it can do more than its rights say.
  case raised(FoundRole)
}

extension FoundRights {
  /// Compares the rights with those that each role is meant to have.
  package func findings(_ expected: [DatabaseRole] = DatabaseRole.all) -> [RightsFinding] {
    let held = held
    let isUnused = expected.allSatisfy { held[$0.name] == nil }
    let there = Set(roles.map(\.name))
    let missing = isUnused ? [] : expected.map(\.name).filter { !there.contains($0) }
    let compared = isUnused ? [] : expected.filter { there.contains($0.name) }
    let others = Set(held.keys).subtracting(expected.map(\.name)).sorted()
    return (isUnused ? [.unused] : []) + (missing.isEmpty ? [] : [.missing(missing)])
      + compared.compactMap { role in
        difference(of: role.name, held[role.name] ?? [:], from: { role.rights(on: $0) })
      }
      + others.compactMap { difference(of: $0, held[$0] ?? [:], from: { _ in [] }) }
      + grouped(ahead, by: \.grantee).map { .ahead($0, $1) }
      + grouped(objects.filter { $0.owner != owner && $0.kind != .sequence }, by: \.owner).map {
        .foreign(owner: $0, of: $1)
      }
      + roles.filter { !$0.attributes.isEmpty || !$0.memberships.isEmpty }.map { .raised($0) }
  }

  /// What each role has on each object, by their names. The owner of the store may do everything anyway.
  private var held: [String: [String: Set<HeldRight>]] {
    let objects = Dictionary(objects.map { ($0.name, $0) }) { first, _ in first }
    var held: [String: [String: Set<HeldRight>]] = [:]
    for grant in grants where grant.grantee != owner {
      guard let object = objects[grant.object] else { continue }
      let rights =
        grant.column.map { [HeldRight(name: grant.right, column: $0)] } ?? object.spread(grant.right)
      let passed =
        grant.mayPassOn ? [HeldRight(name: grant.right + " WITH GRANT OPTION", column: grant.column)] : []
      held[grant.grantee, default: [:]][grant.object, default: []].formUnion(rights + passed)
    }
    return held
  }

  private func difference(
    of role: String, _ held: [String: Set<HeldRight>], from expected: (DatabaseObject) -> Set<HeldRight>
  ) -> RightsFinding? {
    // Who owns something may do everything with it, and is told apart.
    let compared = objects.filter { $0.owner != role }.map {
      (object: $0, found: held[$0.name] ?? [], meant: expected($0))
    }
    let tooMany = RightsOnObjects.grouped(compared.map { ($0.object, $0.found.subtracting($0.meant)) })
    let tooFew = RightsOnObjects.grouped(compared.map { ($0.object, $0.meant.subtracting($0.found)) })
    return tooMany.isEmpty && tooFew.isEmpty ? nil : .differs(role, tooMany: tooMany, tooFew: tooFew)
  }

  private func grouped<Item>(_ items: [Item], by key: (Item) -> String) -> [(String, [Item])] {
    Dictionary(grouping: items, by: key).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

/// Some rights, and all objects of a kind on which just these are held.
package struct RightsOnObjects: Hashable, Sendable {
  /// The names of the rights, the usual ones first.
  package let rights: [String]
  package let kind: DatabaseObject.Kind
  /// The names of the objects, with the columns of a table on which alone the rights are held.
  package let objects: [String]
}

extension RightsOnObjects {
  /// What is held on each object, put together where it is the same.
  fileprivate static func grouped(
    _ rights: [(object: DatabaseObject, held: Set<HeldRight>)]
  ) -> [RightsOnObjects] {
    let single = rights.flatMap { object, held in
      byColumns(held, of: object).map { columns, names in
        RightsOnObjects(
          rights: ordered(names), kind: object.kind,
          objects: [object.name + (columns.isEmpty ? "" : " (\(columns.joined(separator: ", ")))")])
      }
    }
    return Dictionary(grouping: single) { RightsOnObjects(rights: $0.rights, kind: $0.kind, objects: []) }
      .map { RightsOnObjects(rights: $0.rights, kind: $0.kind, objects: $1.flatMap(\.objects)) }
      .sorted { ($0.objects[0], $0.rights.joined()) < ($1.objects[0], $1.rights.joined()) }
  }

  /// The names of the rights on an object by the columns on which they are held; by no columns where that is the whole.
  private static func byColumns(_ held: Set<HeldRight>, of object: DatabaseObject) -> [[String]: [String]] {
    var names: [[String]: [String]] = [:]
    for (name, rights) in Dictionary(grouping: held, by: \.name) {
      let on = Set(rights.compactMap(\.column))
      let columns = object.columns.filter { on.contains($0) }
      names[columns == object.columns ? [] : columns, default: []].append(name)
    }
    return names
  }

  private static func ordered(_ names: [String]) -> [String] {
    let usual = TableRight.allCases.map(\.rawValue)
    return usual.filter(names.contains) + names.filter { !usual.contains($0) }.sorted()
  }
}
