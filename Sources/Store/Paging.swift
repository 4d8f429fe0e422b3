package import Access

/// Reads a list page by page, so that the use of memory stays bounded however long the list is.
///
///     var paging = Paging(by: \TeamRow.cursor)
///     while let rows = try paging.next({ try reader.teams(query, $0, limit: maximumPageRows) }) { … }
package struct Paging<Row: Sendable, Cursor: Hashable & Sendable> {
  private let cursor: (Row) -> Cursor
  private let isBackwards: Bool
  /// The position of the next page; nil after the last page.
  private var position: PagePosition<Cursor>?

  /// - Parameter start: the row after which the first page begins; nil for the beginning of the list.
  package init(by cursor: @escaping (Row) -> Cursor, after start: Cursor? = nil) {
    self.cursor = cursor
    isBackwards = false
    position = start.map { .after($0) } ?? .first
  }

  /// Reads from the last page to the first. The rows within a page stay in the list's order.
  package init(backwardsBy cursor: @escaping (Row) -> Cursor) {
    self.cursor = cursor
    isBackwards = true
    position = .last
  }

  /// Whether there is no further page.
  package var isAtEnd: Bool { position == nil }

  /// Reads the next page; nil where there is no further page. For an empty list the first page is empty.
  package mutating func next(
    _ read: (PagePosition<Cursor>) throws -> Page<Row>
  ) rethrows -> [Row]? {
    guard let present = position else { return nil }
    let page = try read(present)
    position =
      isBackwards
      ? page.rows.first.flatMap { page.hasBefore ? .before(cursor($0)) : nil }
      : page.rows.last.flatMap { page.hasAfter ? .after(cursor($0)) : nil }
    return page.rows
  }
}

extension SecurityReader {
  /// Calls the body with every account that the query asks for, in the query's order.
  package func forEachAccount(
    _ query: AccountQuery, now: Timestamp, _ body: (Account) throws -> Void
  ) throws {
    var paging = Paging(by: \PlacedAccount.cursor)
    while let rows = try paging.next({ try placedAccounts(query, $0, limit: maximumPageRows, now: now) }) {
      for row in rows { try body(row.account) }
    }
  }

  /// Calls the body with every team, ordered by name.
  package func forEachTeam(_ body: (Team) throws -> Void) throws {
    var paging = Paging(by: \TeamRow.cursor)
    while let rows = try paging.next({ try teams(TeamQuery(), $0, limit: maximumPageRows) }) {
      for row in rows { try body(row.team) }
    }
  }

  /// Whether a team has a member that fulfils the condition.
  package func hasMember(of team: TeamID, where holds: (MemberRow) -> Bool) throws -> Bool {
    var paging = Paging(by: \MemberRow.cursor)
    while let rows = try paging.next({ try members(MemberQuery(team: team), $0, limit: maximumPageRows) }) {
      if rows.contains(where: holds) { return true }
    }
    return false
  }

  /// Calls the body with every subject that has a grant of its own on a connector: teams, then API users,
  /// then users.
  package func forEachGrantHolder(on connector: ConnectorID, _ body: (GrantHolder) throws -> Void) throws {
    var paging = Paging(by: \GrantHolder.cursor)
    while let rows = try paging.next({
      try grantHolders(on: connector, naming: nil, $0, limit: maximumPageRows)
    }) {
      for row in rows { try body(row) }
    }
  }
}
