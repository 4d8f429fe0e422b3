/// One fact of a store's state, as a value and without secrets: what is deleted, too, and what is hidden because
/// something else is.
package enum StateFact: Codable, Hashable, Sendable {
  case account(AccountFact)
  case team(TeamFact)
  case role(RoleFact)
  case member(Membership)
  /// Sorted by their text.
  case roles(SubjectID, [SystemRole])
  case grant(GrantFact)
  case token(TokenFact)
  case entry(EntryFact)
  case setting(SettingKey, String)
}

package struct AccountFact: Codable, Hashable, Sendable {
  package var account: Account
  /// SSH public keys, sorted.
  package var keys: [String]
  package var deletion: Deletion?

  package init(account: Account, keys: [String] = [], deletion: Deletion? = nil) {
    self.account = account
    self.keys = keys
    self.deletion = deletion
  }
}

package struct TeamFact: Codable, Hashable, Sendable {
  package var team: Team
  package var deletion: Deletion?

  package init(team: Team, deletion: Deletion? = nil) {
    self.team = team
    self.deletion = deletion
  }
}

package struct RoleFact: Codable, Hashable, Sendable {
  package var role: CustomRole
  package var deletion: Deletion?

  package init(role: CustomRole, deletion: Deletion? = nil) {
    self.role = role
    self.deletion = deletion
  }
}

package struct Membership: Codable, Hashable, Sendable {
  package let team: TeamID
  package let account: AccountID

  package init(team: TeamID, account: AccountID) {
    self.team = team
    self.account = account
  }
}

/// A grant with all that it names, what left the catalogue included.
package struct GrantFact: Codable, Hashable, Sendable {
  package struct Key: Codable, Hashable, Sendable {
    package let subject: SubjectID
    package let connector: ConnectorID

    package init(subject: SubjectID, connector: ConnectorID) {
      self.subject = subject
      self.connector = connector
    }
  }

  package let key: Key
  package var roles: Set<ConnectorRole>
  package var companies: Set<CompanyID>
  package var lists: Set<ListID>
  package var items: Set<ItemID>
  package var allCompanies: Bool
  package var allLists: Bool
  /// The kinds of which all items are given.
  package var allItems: Set<ItemKind>

  package init(
    key: Key, roles: Set<ConnectorRole>, companies: Set<CompanyID>, lists: Set<ListID>, items: Set<ItemID>,
    allCompanies: Bool, allLists: Bool, allItems: Set<ItemKind>
  ) {
    self.key = key
    self.roles = roles
    self.companies = companies
    self.lists = lists
    self.items = items
    self.allCompanies = allCompanies
    self.allLists = allLists
    self.allItems = allItems
  }
}

/// A token without its Token IDs, of which only what may be known of them is told.
package struct TokenFact: Codable, Hashable, Sendable {
  package struct Issue: Codable, Hashable, Sendable {
    package let tokenID: IssuedTokenID
    package let at: Timestamp
    /// Of one that a newer one followed: up to when it is valid at the latest.
    package var validUntil: Timestamp?

    package init(tokenID: IssuedTokenID, at: Timestamp, validUntil: Timestamp? = nil) {
      self.tokenID = tokenID
      self.at = at
      self.validUntil = validUntil
    }
  }

  package let id: TokenRowID
  package let account: AccountID
  package var terms: TokenTerms
  package var wasEverWithoutExpiry: Bool
  package let createdAt: Timestamp
  package var revokedAt: Timestamp?
  /// The oldest first.
  package var issues: [Issue]

  package init(
    id: TokenRowID, account: AccountID, terms: TokenTerms, wasEverWithoutExpiry: Bool = false,
    createdAt: Timestamp, revokedAt: Timestamp? = nil, issues: [Issue]
  ) {
    self.id = id
    self.account = account
    self.terms = terms
    self.wasEverWithoutExpiry = wasEverWithoutExpiry || terms.expiry == .never
    self.createdAt = createdAt
    self.revokedAt = revokedAt
    self.issues = issues
  }
}

/// Something of the catalogue; a widget with its lists that left the catalogue.
package struct EntryFact: Codable, Hashable, Sendable {
  package var entry: CatalogueEntry
  package var deletion: Deletion?

  package init(entry: CatalogueEntry, deletion: Deletion? = nil) {
    self.entry = entry
    self.deletion = deletion
  }
}

package struct SettingKey: Codable, Hashable, Sendable {
  package let setting: Setting
  /// Nil for the whole store.
  package let user: AccountID?

  package init(setting: Setting, user: AccountID?) {
    self.setting = setting
    self.user = user
  }
}
