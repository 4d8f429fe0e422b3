package import Access

/// The position of a page of rows in an order.
package enum PagePosition<Cursor: Hashable & Sendable>: Hashable, Sendable {
  case first, last
  /// The page is right after this row, which need not exist any more.
  case after(Cursor)
  /// The page is right before this row.
  case before(Cursor)
}

/// Some successive rows of a longer list.
package struct Page<Row: Sendable>: Sendable {
  package let rows: [Row]
  /// Whether the list has rows before the first or after the last row of this page.
  package let hasBefore: Bool
  package let hasAfter: Bool

  package init(rows: [Row], hasBefore: Bool, hasAfter: Bool) {
    self.rows = rows
    self.hasBefore = hasBefore
    self.hasAfter = hasAfter
  }
}

/// The greatest number of rows in a page.
package let maximumPageRows = 1_000

/// The orders of a list of accounts or teams.
///
/// In the order by expiry the accounts with a token that ends in the future come first, the soonest end
/// before the others. Accounts whose tokens have all ended follow. Accounts whose tokens never end, or who
/// have none, are last.
package enum AccountOrder: String, Hashable, Sendable, CaseIterable {
  case name, expiry, lastUse, state
}

/// The conditions on accounts, and the order in which they are listed.
package struct AccountQuery: Hashable, Sendable {
  package var kind: AccountKind
  package var matching: SearchText?
  package var conditions: Conditions
  package var order: AccountOrder
  package var isDescending: Bool

  package init(
    kind: AccountKind, matching: SearchText? = nil, conditions: Conditions = .none,
    order: AccountOrder = .name, isDescending: Bool = false
  ) {
    self.kind = kind
    self.matching = matching
    self.conditions = conditions
    self.order = order
    self.isDescending = isDescending
  }
}

/// The place of a row in the order of an ``AccountQuery``. The place stays valid when rows are added or
/// removed.
package struct AccountCursor: Hashable, Sendable {
  /// The part of the ascending order, from 0. In the order by state the disabled accounts are the second
  /// part.
  package let part: Int
  /// The value by which the part is ordered before the name, in seconds since 1970; nil where there is no
  /// such value.
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

/// An account with its place in the order of an ``AccountQuery``, without what a list shows beside the account.
package struct PlacedAccount: Hashable, Sendable {
  package let account: Account
  package let cursor: AccountCursor

  package init(account: Account, cursor: AccountCursor) { (self.account, self.cursor) = (account, cursor) }
}

/// An account as a list shows it.
package struct AccountRow: Hashable, Sendable {
  package let account: Account
  /// The names of the account's first teams, at most 3, and the number of all its teams.
  package let teamNames: [Name]
  package let teamCount: Int
  package let liveTokenCount: Int
  /// The earliest end of a live token.
  package let nextExpiry: Timestamp?
  /// The latest end in the past of a token that is neither revoked nor disabled; only where no token is live.
  package let lastExpiry: Timestamp?
  package var lastUsedAt: Timestamp?
  /// The time at which the user was last in popsec; nil where the caller did not ask, or the user never was.
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

/// The time at which a user was last in popsec.
package struct LastSeen: Hashable, Sendable {
  package let at: Timestamp
  /// Whether the user is in the console now.
  package let isHere: Bool

  package init(at: Timestamp, isHere: Bool) {
    self.at = at
    self.isHere = isHere
  }
}

/// The conditions on teams, which are ordered by name.
package struct TeamQuery: Hashable, Sendable {
  package var matching: SearchText?
  package var conditions: Conditions

  package init(matching: SearchText? = nil, conditions: Conditions = .none) {
    (self.matching, self.conditions) = (matching, conditions)
  }
}

/// The place of a row in an order by name.
package struct NameCursor<ID: Hashable & Sendable>: Hashable, Sendable {
  package let nameKey: String
  package let id: ID

  package init(nameKey: String, id: ID) {
    self.nameKey = nameKey
    self.id = id
  }
}

/// A team as a list shows it.
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

/// The conditions on members of a team. Users and API users are ordered together, by name.
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

/// The numbers of subjects that were given a custom or built-in role themselves.
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

/// A subject that was given a role itself, not through a team.
package struct RoleHolder: Hashable, Identifiable, Sendable {
  package let id: SubjectID
  /// The kind of an account; nil for a team.
  package let kind: AccountKind?
  package let name: Name
  /// When the subject has the role.
  package let bounds: Bounds

  package init(id: SubjectID, kind: AccountKind?, name: Name, bounds: Bounds) {
    (self.id, self.kind, self.name, self.bounds) = (id, kind, name, bounds)
  }
}

/// The place of a row in the order of subjects with a grant on a connector.
package struct GrantHolderCursor: Hashable, Sendable {
  /// The part of the order: 0 for teams, 1 for API users, 2 for users.
  package let part: Int
  package let nameKey: String
  package let id: GrantID

  package init(part: Int, nameKey: String, id: GrantID) {
    self.part = part
    self.nameKey = nameKey
    self.id = id
  }
}

/// A subject with a grant of its own on a connector.
package struct GrantHolder: Hashable, Sendable {
  package let grant: Grant
  /// The kind of account; nil for a team.
  package let kind: AccountKind?
  package let name: Name
  /// Whether the account is enabled; always true for a team.
  package let isEnabled: Bool
  /// The number of members; only for a team.
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
