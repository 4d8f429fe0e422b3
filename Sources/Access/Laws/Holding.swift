/// What gives a subject sight of data, with the time from now on during which it does.
struct Holding {
  let giver: Giver
  /// Nil: every connector, those that may come too.
  let connector: ConnectorID?
  let permissions: Permissions
  let inForce: Bounds

  func reaches(_ connector: Foreseen<ConnectorID>) -> Bool {
    guard let own = self.connector else { return true }
    return connector == .present(own)
  }
}

extension LawSubject {
  /// All grants that give data at some instant from now on, and of an API user the system role Administrator.
  func holdings(from now: Timestamp) -> [Holding] {
    let subjects = SubjectSet(access)
    let rest = Bounds(startingAt: now)
    var holdings = access.grants.compactMap { grant -> Holding? in
      guard grant.permissions.giveData, let membership = subjects.membership(of: grant.subject),
        let inForce = membership.intersection(grant.permissions.bounds)?.intersection(rest)
      else { return nil }
      return Holding(
        giver: .grant(grant.id, of: grant.subject), connector: grant.connector,
        permissions: grant.permissions,
        inForce: inForce)
    }
    if kind == .apiUser {
      holdings += administratorTerms.compactMap { holder, bounds in
        bounds.intersection(rest).map { inForce in
          Holding(
            giver: .administrator(holder), connector: nil, permissions: Permissions(roles: [.administrator]),
            inForce: inForce)
        }
      }
    }
    return holdings
  }

  /// When a law about what can be seen does not count for the subject: while an exception lasts, and while a user is
  /// Administrator.
  func excused(by law: Law<AsFound>) -> [Bounds] {
    let exception = law.exceptions[.present(id)].map { [Bounds(until: $0)] } ?? []
    return exception + (kind == .user ? administratorTerms.map(\.bounds) : [])
  }

  private var administratorTerms: [(holder: SubjectID, bounds: Bounds)] {
    access.roles.filter(\.isAdministrator).compactMap { role in
      access.membership(of: role.holder)?.intersection(role.bounds).map { (role.holder, $0) }
    }
  }
}

extension Bounds {
  /// From an instant on, without an end.
  init(startingAt start: Timestamp) { (from, until) = (start, nil) }
}
