/// One fact of a store's state, as a value without secrets. Deleted things are facts too, and so are things
/// that are hidden because something else was deleted.
package enum StateFact: Codable, Hashable, Sendable {
  case account(KeptFact<KeyedAccount>)
  case team(KeptFact<Team>)
  case role(KeptFact<CustomRole>)
  case member(Bounded<Membership>)
  case roles(SubjectID, BoundedSet<SystemRole>)
  case grant(GrantFact)
  case token(TokenFact)
  /// A widget, together with its lists that left the catalogue.
  case entry(KeptFact<CatalogueEntry>)
  case setting(SettingKey, String)
  case law(Law<AsWritten>)
}

/// A user or an API user, with the SSH keys by which a user logs in.
package struct KeyedAccount: Codable, Hashable, Sendable {
  package var account: Account
  /// The SSH public keys, sorted.
  package var keys: [String]

  package init(_ account: Account, keys: [String] = []) {
    self.account = account
    self.keys = keys
  }
}

/// Something that is kept for a while after it was deleted.
package struct KeptFact<Value: Codable & Hashable & Sendable>: Codable, Hashable, Sendable {
  package var value: Value
  /// The deletion; nil for a thing that is not deleted.
  package var deletion: Deletion?

  package init(_ value: Value, deletion: Deletion? = nil) {
    self.value = value
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

/// A grant with everything that it names, including what left the catalogue.
package struct GrantFact: Hashable, Sendable {
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
  /// The kinds of item of which the grant gives all.
  package var allItems: Set<ItemKind>
  package var bounds: Bounds

  package init(
    key: Key, roles: Set<ConnectorRole>, companies: Set<CompanyID>, lists: Set<ListID>, items: Set<ItemID>,
    allCompanies: Bool, allLists: Bool, allItems: Set<ItemKind>, bounds: Bounds = .always
  ) {
    self.bounds = bounds
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

/// A token with what may be known of its Token IDs, but without the Token IDs themselves.
package struct TokenFact: Codable, Hashable, Sendable {
  package struct Issue: Codable, Hashable, Sendable {
    package let tokenID: IssuedTokenID
    package let at: Timestamp
    /// The latest time until which this Token ID is valid, for a Token ID that a newer one replaced.
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
  package let createdBy: String?
  package var revokedAt: Timestamp?
  /// The Token IDs that were issued, the oldest first.
  package var issues: [Issue]

  package init(
    id: TokenRowID, account: AccountID, terms: TokenTerms, wasEverWithoutExpiry: Bool = false,
    createdAt: Timestamp, createdBy: String? = nil, revokedAt: Timestamp? = nil, issues: [Issue]
  ) {
    self.id = id
    self.account = account
    self.terms = terms
    self.wasEverWithoutExpiry = wasEverWithoutExpiry || terms.expiry == .never
    self.createdAt = createdAt
    self.createdBy = createdBy
    self.revokedAt = revokedAt
    self.issues = issues
  }
}

package struct SettingKey: Codable, Hashable, Sendable {
  package let setting: Setting
  /// The user to whom the setting belongs; nil for a setting of the whole store.
  package let user: AccountID?

  package init(setting: Setting, user: AccountID?) {
    self.setting = setting
    self.user = user
  }
}
