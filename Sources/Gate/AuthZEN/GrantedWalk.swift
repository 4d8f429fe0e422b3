internal import Access
internal import Administration
internal import Store

/// Goes through the API users who could be allowed something on a connector: those with a grant there, their
/// own or a team's, and those with the system role Administrator. Nobody else can pass step 6, so the cost of
/// a search depends on their number, and not on the size of the store.
struct GrantedWalk {
  /// The request, still without an asker.
  let request: CheckRequest
  let connector: ConnectorID
  /// The type of the API users that are found.
  let type: String
  let checker: Checker

  /// The way by which a candidate was reached. A candidate that is reached in several ways is found by only
  /// one of them.
  private enum Way {
    case grant(GrantHolderCursor)
    /// The candidate holds a system role, or belongs to a team that does; `index` is its place among the
    /// holders.
    case administrator(index: Int, SubjectID)

    var keys: [String] {
      switch self {
      case .grant(let cursor): ["grant", String(cursor.part), cursor.nameKey, cursor.id.description]
      case .administrator(let index, _): ["role", String(index)]
      }
    }

    /// Whether a decision rests on this way: on the first of the grants that cover, or else on the role that
    /// is named.
    func isMeant(_ decision: Decision) -> Bool {
      let covering = decision.trials.filter { $0.block != nil }.map(\.grant)
      switch self {
      case .grant(let cursor): return covering.min() == cursor.id
      case .administrator(_, let subject):
        return covering.isEmpty && decision.grant == .held(.administrator(subject))
      }
    }
  }

  /// The next candidates after a place. Candidates without a request are no API users, and are passed over.
  func candidates(after spot: SearchSpot?, limit: Int) throws -> SearchCandidates {
    let place = try WalkPlace(spot)
    var rows: [SearchCandidate] = []
    let administrators = try self.administrators()
    if let team = place.team {
      let way: Way = place.holder.map { .grant($0) } ?? .administrator(index: place.index ?? 0, .team(team))
      guard try add(to: &rows, limit, membersOf: team, by: way, after: place.member) else {
        return SearchCandidates(rows: rows, hasAfter: true)
      }
    }
    if place.index == nil {
      guard try addHolders(to: &rows, limit, after: place.holder) else {
        return SearchCandidates(rows: rows, hasAfter: true)
      }
    }
    for (index, subject) in administrators.enumerated().dropFirst(place.index.map { $0 + 1 } ?? 0) {
      guard rows.count < limit else { return SearchCandidates(rows: rows, hasAfter: true) }
      let way = Way.administrator(index: index, subject.id)
      guard try add(to: &rows, limit, subject.id, subject.kind, subject.name, by: way) else {
        return SearchCandidates(rows: rows, hasAfter: true)
      }
    }
    return SearchCandidates(rows: rows, hasAfter: false)
  }

  private func administrators() throws -> [RoleHolder] {
    let found = try checker.source.reader.subjects(with: .builtIn(.administrator), limit: maximumPageRows)
    guard found.count < maximumPageRows else {
      throw GateProblem.body("too many have the system role Administrator to be searched")
    }
    return found
  }

  /// Adds holders of grants. Returns whether all have been added.
  private func addHolders(
    to rows: inout [SearchCandidate], _ limit: Int, after cursor: GrantHolderCursor?
  ) throws -> Bool {
    let reader = try checker.source.reader
    var paging = Paging(by: \GrantHolder.cursor, after: cursor)
    while rows.count < limit {
      let room = limit - rows.count
      guard
        let page = try paging.next({ try reader.grantHolders(on: connector, naming: nil, $0, limit: room) })
      else { return true }
      for holder in page {
        // Users come last, and are not searched for here.
        if holder.kind == .user { return true }
        guard rows.count < limit,
          try add(
            to: &rows, limit, holder.grant.subject, holder.kind, holder.name, by: .grant(holder.cursor))
        else { return false }
      }
    }
    return paging.isAtEnd
  }

  /// Adds one subject that was given something itself; for a team its members, as far as there is room.
  /// Returns whether all were added.
  private func add(
    to rows: inout [SearchCandidate], _ limit: Int, _ subject: SubjectID, _ kind: AccountKind?, _ name: Name,
    by way: Way
  ) throws -> Bool {
    switch subject {
    case .account(let id):
      rows.append(candidate(id, kind, name, way.keys, way))
      return true
    case .team(let team):
      let isOpen = try gives(team, by: way)
      let keys = isOpen ? way.keys + [team.description] : way.keys
      rows.append(SearchCandidate(spot: SearchSpot(keys: keys)))
      return isOpen ? try add(to: &rows, limit, membersOf: team, by: way, after: nil) : true
    }
  }

  /// Whether a team can allow its members something. The members of a team whose grant does not cover the
  /// request are passed over.
  private func gives(_ team: TeamID, by way: Way) throws -> Bool {
    guard case .grant(let cursor) = way else { return true }
    var asked = request
    asked.asker = .team(.id(team))
    return try checker.check(asked).decision.trials.contains { $0.grant == cursor.id && $0.block != nil }
  }

  private func add(
    to rows: inout [SearchCandidate], _ limit: Int, membersOf team: TeamID, by way: Way,
    after cursor: NameCursor<AccountID>?
  ) throws -> Bool {
    guard rows.count < limit else { return false }
    let page = try checker.source.reader.members(
      MemberQuery(team: team), cursor.map { .after($0) } ?? .first, limit: limit - rows.count)
    for row in page.rows {
      let keys = way.keys + [team.description, row.cursor.nameKey, row.cursor.id.description]
      rows.append(candidate(row.account.id, row.account.kind, row.account.name, keys, way))
    }
    return !page.hasAfter
  }

  private func candidate(
    _ id: AccountID, _ kind: AccountKind?, _ name: Name, _ keys: [String], _ way: Way
  ) -> SearchCandidate {
    guard kind == .apiUser else { return SearchCandidate(spot: SearchSpot(keys: keys)) }
    var asked = request
    asked.asker = .account(AccountReference(.apiUser, .id(id)))
    return SearchCandidate(
      spot: SearchSpot(keys: keys), request: asked, entity: SearchEntity(type: type, id: name.text),
      isMeant: way.isMeant)
  }
}

/// The place of a walk: after a holder of a grant, after a holder of the role, or among the members of such a
/// team.
private struct WalkPlace {
  var holder: GrantHolderCursor?
  var index: Int?
  var team: TeamID?
  var member: NameCursor<AccountID>?

  /// Errors: ``GateProblem/unavailable`` for a place that no walk has written.
  init(_ spot: SearchSpot?) throws(GateProblem) {
    guard let spot, spot != .beginning else { return }
    var rest = spot.keys[...]
    switch rest.popFirst() {
    case "grant":
      guard let part = rest.popFirst().flatMap({ Int($0) }), let key = rest.popFirst(),
        let id = rest.popFirst().flatMap({ GrantID($0) })
      else { throw .unavailable }
      holder = GrantHolderCursor(part: part, nameKey: key, id: id)
    case "role":
      guard let index = rest.popFirst().flatMap({ Int($0) }) else { throw .unavailable }
      self.index = index
    default: throw .unavailable
    }
    guard let text = rest.popFirst() else { return }
    guard let team = TeamID(text) else { throw .unavailable }
    self.team = team
    guard let key = rest.popFirst() else { return }
    guard let id = rest.popFirst().flatMap({ AccountID($0) }) else { throw .unavailable }
    member = NameCursor(nameKey: key, id: id)
  }
}
