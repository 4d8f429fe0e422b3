package import Access

/// Where in an order a page of rows stands.
package enum PagePosition<Cursor: Hashable & Sendable>: Hashable, Sendable {
  case first, last
  /// The rows right after that one, which need not exist any more.
  case after(Cursor)
  /// The rows right before that one.
  case before(Cursor)
}

/// Some successive rows of a longer list.
package struct Page<Row: Sendable>: Sendable {
  package let rows: [Row]
  /// Whether there are rows before the first or after the last of these.
  package let hasBefore: Bool
  package let hasAfter: Bool

  package init(rows: [Row], hasBefore: Bool, hasAfter: Bool) {
    self.rows = rows
    self.hasBefore = hasBefore
    self.hasAfter = hasAfter
  }
}

/// The most rows that a page is asked for.
package let maximumPageRows = 1_000

/// What a list of accounts or teams can be ordered by.
///
/// By expiry, those with a token whose end lies ahead come first, the soonest before the others; then those whose
/// ends have all passed; then those whose tokens don't end, or who have none.
package enum AccountOrder: String, Hashable, Sendable, CaseIterable {
  case name, expiry, lastUse, state
}

/// Which accounts, in which order.
package struct AccountQuery: Hashable, Sendable {
  package var kind: AccountKind
  package var matching: SearchText?
  package var order: AccountOrder
  package var isDescending: Bool

  package init(
    kind: AccountKind, matching: SearchText? = nil, order: AccountOrder = .name, isDescending: Bool = false
  ) {
    self.kind = kind
    self.matching = matching
    self.order = order
    self.isDescending = isDescending
  }
}

/// A row's place in the order of an ``AccountQuery``; it stays good when rows come and go.
package struct AccountCursor: Hashable, Sendable {
  /// Which part of the ascending order, from 0: by state the disabled are the second part.
  package let part: Int
  /// What the part is ordered by before the name, in seconds since 1970; nil where that is nothing.
  package let rank: Int64?
  package let nameKey: String
  package let id: AccountID

  package init(part: Int = 0, rank: Int64?, nameKey: String, id: AccountID) {
    self.part = part
    self.rank = rank
    self.nameKey = nameKey
    self.id = id
  }
}

/// What a list of accounts shows of one.
package struct AccountRow: Hashable, Sendable {
  package let account: Account
  /// The names of its first teams, at most 3, and how many it has.
  package let teamNames: [Name]
  package let teamCount: Int
  package let liveTokenCount: Int
  /// The earliest end of a live token.
  package let nextExpiry: Timestamp?
  /// Where no token is live: the latest end that passed of one that is neither revoked nor disabled.
  package let lastExpiry: Timestamp?
  package let lastUsedAt: Timestamp?
  /// When the user was in popsec last; nil where that was not asked for, or never.
  package var lastSeen: LastSeen?
  package let cursor: AccountCursor

  package init(
    account: Account, teamNames: [Name], teamCount: Int, liveTokenCount: Int, nextExpiry: Timestamp?,
    lastExpiry: Timestamp?, lastUsedAt: Timestamp?, cursor: AccountCursor
  ) {
    self.account = account
    self.teamNames = teamNames
    self.teamCount = teamCount
    self.liveTokenCount = liveTokenCount
    self.nextExpiry = nextExpiry
    self.lastExpiry = lastExpiry
    self.lastUsedAt = lastUsedAt
    self.cursor = cursor
  }
}

/// When a user was in popsec last.
package struct LastSeen: Hashable, Sendable {
  package let at: Timestamp
  /// Whether they are in the console now.
  package let isHere: Bool

  package init(at: Timestamp, isHere: Bool) {
    self.at = at
    self.isHere = isHere
  }
}

/// Which teams; they are ordered by name.
package struct TeamQuery: Hashable, Sendable {
  package var matching: SearchText?

  package init(matching: SearchText? = nil) { self.matching = matching }
}

/// A row's place in an order by name.
package struct NameCursor<ID: Hashable & Sendable>: Hashable, Sendable {
  package let nameKey: String
  package let id: ID

  package init(nameKey: String, id: ID) {
    self.nameKey = nameKey
    self.id = id
  }
}

/// What a list of teams shows of one.
package struct TeamRow: Hashable, Sendable {
  package let team: Team
  package let memberCount: Int
  package let grantCount: Int
  package let cursor: NameCursor<TeamID>

  package init(team: Team, memberCount: Int, grantCount: Int, cursor: NameCursor<TeamID>) {
    self.team = team
    self.memberCount = memberCount
    self.grantCount = grantCount
    self.cursor = cursor
  }
}

/// Which members of a team, ordered by name, users and API users together.
package struct MemberQuery: Hashable, Sendable {
  package var team: TeamID
  package var matching: SearchText?

  package init(team: TeamID, matching: SearchText? = nil) {
    self.team = team
    self.matching = matching
  }
}

/// A member of a team.
package struct MemberRow: Hashable, Sendable {
  package let account: Account
  /// Those of the membership.
  package let bounds: Bounds
  package let cursor: NameCursor<AccountID>

  package init(account: Account, bounds: Bounds, cursor: NameCursor<AccountID>) {
    self.account = account
    self.bounds = bounds
    self.cursor = cursor
  }
}

/// How many have a custom or built-in role directly.
package struct RoleHolders: Hashable, Sendable {
  package let userCount: Int
  package let apiUserCount: Int
  package let teamCount: Int

  package init(userCount: Int, apiUserCount: Int, teamCount: Int) {
    self.userCount = userCount
    self.apiUserCount = apiUserCount
    self.teamCount = teamCount
  }

  package var total: Int { userCount + apiUserCount + teamCount }
}

/// A row's place in the order of those with a grant on a connector.
package struct GrantHolderCursor: Hashable, Sendable {
  /// 0 teams, 1 API users, 2 users.
  package let part: Int
  package let nameKey: String
  package let id: GrantID

  package init(part: Int, nameKey: String, id: GrantID) {
    self.part = part
    self.nameKey = nameKey
    self.id = id
  }
}

/// Somebody with a grant of their own on a connector.
package struct GrantHolder: Hashable, Sendable {
  package let grant: Grant
  /// Nil for a team.
  package let kind: AccountKind?
  package let name: Name
  /// A team is always enabled.
  package let isEnabled: Bool
  /// Of a team.
  package let memberCount: Int
  package let cursor: GrantHolderCursor

  package init(
    grant: Grant, kind: AccountKind?, name: Name, isEnabled: Bool, memberCount: Int, cursor: GrantHolderCursor
  ) {
    self.grant = grant
    self.kind = kind
    self.name = name
    self.isEnabled = isEnabled
    self.memberCount = memberCount
    self.cursor = cursor
  }
}
