internal import Access
internal import Administration
internal import Store

/// A search for the subjects that may do an action on a resource.
struct SubjectSearch: Search {
  /// The type that is searched for. An `id` is ignored.
  struct Sought: Codable {
    let type: String
  }

  let subject: Sought
  let action: Evaluation.Action
  let resource: Evaluation.Resource
  let context: Evaluation.Context?
  var page: SearchPageRequest?

  func candidates(
    after spot: SearchSpot?, limit: Int, _ checker: Checker, now: Timestamp
  ) throws -> SearchCandidates {
    let kind: AccountKind
    switch Evaluation.SubjectType(rawValue: subject.type) {
    case .apiUser: kind = .apiUser
    case .user: kind = .user
    case .token: throw GateProblem.body("Token IDs are secrets, and are not searched for")
    case nil: return .none
    }
    guard Evaluation.ResourceType(rawValue: resource.type) != nil else { return .none }
    var request = try resource.request(action)
    request.source = try context?.address()
    guard let connector = try checker.check(request).question.catalogue.connector else { return .none }
    guard kind == .user else {
      return try GrantedWalk(request: request, connector: connector, type: subject.type, checker: checker)
        .candidates(after: spot, limit: limit)
    }
    return try users(request, after: spot, limit: limit, checker, now: now)
  }

  /// The users, ordered by name. All are read, because few people may log in.
  private func users(
    _ request: CheckRequest, after spot: SearchSpot?, limit: Int, _ checker: Checker, now: Timestamp
  ) throws -> SearchCandidates {
    let page = try checker.source.reader.accounts(
      AccountQuery(kind: .user), Self.position(spot), limit: limit, now: now)
    let rows = page.rows.map { row in
      var asked = request
      asked.asker = .account(AccountReference(.user, .id(row.account.id)))
      return SearchCandidate(
        spot: SearchSpot(keys: [row.cursor.nameKey, row.cursor.id.description]), request: asked,
        entity: SearchEntity(type: subject.type, id: row.account.name.text))
    }
    return SearchCandidates(rows: rows, hasAfter: page.hasAfter)
  }

  private static func position(_ spot: SearchSpot?) throws(GateProblem) -> PagePosition<AccountCursor> {
    guard let spot, spot != .beginning else { return .first }
    guard spot.keys.count == 2, let id = AccountID(spot.keys[1]) else { throw .unavailable }
    return .after(AccountCursor(rank: nil, nameKey: spot.keys[0], id: id))
  }
}
