/// One way to mend a step with what one holder has or is given.
struct MendingWay<Part> {
  /// The addition that puts the membership in the holder in force; nil where it is in force.
  let membership: Addition?
  let part: Part
}

/// Finds the ways to mend steps 4 and 6, with what the subject itself and each of its teams has.
struct Mending {
  private let access: SubjectAccess
  private let now: Timestamp
  private let subjects: SubjectSet

  init(_ access: SubjectAccess, at now: Timestamp) {
    self.access = access
    self.now = now
    subjects = SubjectSet(access)
  }

  /// The ways to mend step 4: nil where nothing mends the step, and one way without additions where the step
  /// holds.
  func surfaceWays(_ kind: SurfaceKind, _ decision: Decision) -> [MendingWay<[Addition]>]? {
    switch decision.surface {
    case .held: return [MendingWay(membership: nil, part: [])]
    case .skipped, .notEvaluated, .inconsistent: return nil
    case .failed: break
    }
    let rolesOfHolders = Dictionary(grouping: access.roles, by: \.holder)
    return holders.flatMap { holder, membership in
      let roles = rolesOfHolders[holder] ?? []
      var ways = roles.filter { $0.opens(kind) && !$0.isAdministrator }.map { role in
        role.bounds.puttingInForce(.role(role.role, of: holder), at: now)
      }
      let least = SystemRole.builtIn(kind.leastRole)
      if !roles.contains(where: { $0.role == least }) {
        ways.append([.systemRole(kind.leastRole, to: holder)])
      }
      return ways.map { MendingWay(membership: membership, part: $0) }
    }
  }

  /// The ways to mend step 6; nil where nothing mends the step.
  func grantWays(_ located: Located, _ decision: Decision) -> [MendingWay<Shortfall?>]? {
    switch decision.grant {
    case .held: return [MendingWay(membership: nil, part: nil)]
    case .skipped, .notEvaluated, .inconsistent: return nil
    case .failed: break
    }
    let grants = grantIndexes(on: located.connector)
    return holders.compactMap { holder, membership in
      let place = GrantPlace(subject: holder, connector: located.connector)
      let index = subjects.place(of: holder).flatMap { grants[$0] }
      let permissions = index.map { access.grants[$0].permissions } ?? .none
      let bounds = permissions.bounds.puttingInForce(.grant(place), at: now)
      if !bounds.isEmpty, permissions.roles.contains(.administrator) { return nil }
      return MendingWay(
        membership: membership,
        part: Shortfall(of: permissions, puttingInForce: bounds, against: located, at: place))
    }
  }

  /// Where the first grant on a connector stands that each holder has, by the place of the holder.
  private func grantIndexes(on connector: ConnectorID) -> [Int?] {
    var indexes = [Int?](repeating: nil, count: access.teams.count + 1)
    for index in access.grants.indices where access.grants[index].connector == connector {
      guard let place = subjects.place(of: access.grants[index].subject), indexes[place] == nil else {
        continue
      }
      indexes[place] = index
    }
    return indexes
  }

  /// The subject and the teams that could mend a step, each with the addition that puts its membership in
  /// force.
  ///
  /// A membership that would give `Administrator` is never put in force.
  private var holders: [(SubjectID, membership: Addition?)] {
    var holders: [(SubjectID, membership: Addition?)] = [(access.subject, nil)]
    for team in access.teams {
      let holder = SubjectID.team(team.value)
      guard case .account(let account) = access.subject,
        let membership = team.bounds.puttingInForce(.membership(team.value, of: account), at: now).first
      else {
        holders.append((holder, nil))
        continue
      }
      if !givesAdministrator(holder) { holders.append((holder, membership)) }
    }
    return holders
  }

  private func givesAdministrator(_ holder: SubjectID) -> Bool {
    access.roles.contains { $0.holder == holder && $0.isAdministrator && !$0.bounds.hasEnded(at: now) }
      || access.grants.contains {
        $0.subject == holder && $0.permissions.roles.contains(.administrator)
          && !$0.permissions.bounds.hasEnded(at: now)
      }
  }
}

extension Bounds {
  /// The addition that puts the thing in force; empty where it is in force.
  fileprivate func puttingInForce(_ thing: BoundedThing, at now: Timestamp) -> [Addition] {
    let standing = standing(at: now)
    return standing == .inForce ? [] : [.putInForce(thing, standing)]
  }

  fileprivate func hasEnded(at now: Timestamp) -> Bool {
    if case .ended = standing(at: now) { true } else { false }
  }
}

/// A way to mend step 4 together with a way to mend step 6.
struct MendingPair {
  /// The additions for the memberships, each once: at most two.
  let memberships: [Addition]
  let role: [Addition]
  let grant: [Addition]
}

/// The smallest pairs of a way to mend step 4 and a way to mend step 6, at most `limit` of them. Pairs that
/// put something in force go first. A membership that both steps need counts as one addition.
func smallestPairs(
  _ surface: [MendingWay<[Addition]>], _ grant: [MendingWay<Shortfall?>], limit: Int
) -> [MendingPair] {
  func size(_ role: MendingWay<[Addition]>, _ grant: MendingWay<Shortfall?>) -> Int {
    let isOne = role.membership != nil && role.membership == grant.membership
    let memberships = (role.membership == nil ? 0 : 1) + (grant.membership == nil || isOne ? 0 : 1)
    return role.part.count + (grant.part?.size ?? 0) + memberships
  }
  var least = Int.max
  for role in surface { for grant in grant { least = min(least, size(role, grant)) } }
  var found: [[MendingPair]] = [[], []]
  for role in surface {
    for grant in grant where size(role, grant) == least {
      let memberships = memberships(role, grant)
      let isPuttingInForce =
        !memberships.isEmpty || role.part.contains(where: \.isPuttingInForce)
        || grant.part?.isPuttingInForce == true
      let rank = isPuttingInForce ? 0 : 1
      guard found[rank].count < limit else { continue }
      let alternatives = grant.part?.alternatives(limit: limit - found[rank].count) ?? [[]]
      found[rank] += alternatives.map { MendingPair(memberships: memberships, role: role.part, grant: $0) }
    }
  }
  return Array((found[0] + found[1]).prefix(limit))
}

private func memberships(
  _ role: MendingWay<[Addition]>, _ grant: MendingWay<Shortfall?>
) -> [Addition] {
  if role.membership == nil, grant.membership == nil { return [] }
  let both = [role.membership, grant.membership].compactMap { $0 }
  return both.count == 2 && both[0] == both[1] ? [both[0]] : both
}
