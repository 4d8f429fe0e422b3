import Access
import Administration
import Store

/// The subjects that may see something, a team standing for its members.
struct ViewerCoverage {
  private let only: Set<SubjectID>
  private let source: AccessSource
  private let at: Timestamp

  init(_ only: [SubjectID], _ source: AccessSource, at: Timestamp) throws {
    (self.only, self.source, self.at) = (Set(only), source, at)
  }

  /// The accounts that see something by what a subject was given, and may not: the subject itself, or members of a team.
  /// Each is named as in `user:ada`.
  ///
  /// - Parameter limit: the number of accounts after which nobody looks for more.
  func uncovered(_ subject: SubjectID, limit: Int) throws -> [String] {
    if only.contains(subject) { return [] }
    switch subject {
    case .account(let id): return try uncovered(id).map { [$0] } ?? []
    case .team(let team):
      var found: [String] = []
      var paging = Paging(by: \MemberRow.cursor)
      let query = MemberQuery(team: team)
      while let page = try paging.next({ try source.reader.members(query, $0, limit: maximumPageRows) }) {
        for row in page where row.bounds.standing(at: at) == .inForce {
          if let name = try uncovered(row.account.id) { found.append(name) }
          if found.count >= limit { return found }
        }
      }
      return found
    }
  }

  /// The API users with the system role Administrator, who see everything. Users with that role may see everything.
  func uncoveredAdministrators(limit: Int) throws -> [String] {
    try source.reader.subjects(with: .builtIn(.administrator), limit: .max).filter {
      $0.bounds.standing(at: at) == .inForce && $0.kind != .user
    }.flatMap { try uncovered($0.id, limit: limit) }
  }

  private func uncovered(_ id: AccountID) throws -> String? {
    guard let account = try source.reader.account(id) else { return nil }
    let access = try source.access(of: account, on: nil)
    if account.kind == .user, access.administrator(at: at) != nil { return nil }
    let holders =
      [SubjectID.account(id)]
      + access.teams.filter { $0.bounds.standing(at: at) == .inForce }.map {
        .team($0.value)
      }
    return only.isDisjoint(with: holders) ? "\(account.kind.rawValue):\(account.name.text)" : nil
  }
}
