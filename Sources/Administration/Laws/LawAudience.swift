internal import Access
internal import Store

/// Counts whom a law means in one state of the store.
struct LawAudience {
  private let source: AccessSource
  private let now: Timestamp

  init(_ source: AccessSource, now: Timestamp) { (self.source, self.now) = (source, now) }

  /// The number of accounts of a kind that a law means; nil where it means none of that kind.
  func count(_ who: LawWho<AsFound>, _ kind: AccountKind) throws -> Int? {
    switch who[kind] {
    case nil: nil
    case .all: try source.reader.accountCount(AccountQuery(kind: kind))
    case .named(let accounts): accounts.count { $0.id != nil }
    case .labelled(let labels): try labelled(labels, kind)
    case .members(let teams): try members(of: teams.compactMap(\.id), kind)
    }
  }

  private func labelled(_ labels: Labels, _ kind: AccountKind) throws -> Int {
    let conditions = try labels.pairs.map { Condition(.label(try Label(key: $0.key, value: $0.value))) }
    return try source.reader.accountCount(
      AccountQuery(kind: kind, conditions: Conditions(conditions, at: now)))
  }

  /// Each member counts once, in however many of the teams it is.
  private func members(of teams: [TeamID], _ kind: AccountKind) throws -> Int {
    var found: Set<AccountID> = []
    for team in teams {
      try source.reader.forEachMember(of: team) { row in
        if row.account.kind == kind, row.bounds.until.map({ now < $0 }) ?? true {
          found.insert(row.account.id)
        }
      }
    }
    return found.count
  }
}

extension SecurityReader {
  /// Calls the body with each member of a team, ordered by name.
  func forEachMember(of team: TeamID, _ body: (MemberRow) throws -> Void) throws {
    var paging = Paging(by: \MemberRow.cursor)
    while let rows = try paging.next({ try members(MemberQuery(team: team), $0, limit: maximumPageRows) }) {
      for row in rows { try body(row) }
    }
  }
}
