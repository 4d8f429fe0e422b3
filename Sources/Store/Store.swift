package import Access

/// The store's face: functions on Access's values, behind which an engine stands.
///
/// What is deleted is kept, hidden from every function below unless it says so; names are
/// unique among the living. A function that is given an id that isn't there reads nil or
/// nothing, and writes nothing.
///
/// Errors: ``StoreError``.
package protocol Store: Sendable {
  /// Reads one consistent state. The reader must not leave the closure.
  func read<Result>(_ body: (any StoreReader) throws -> Result) throws -> Result

  /// Runs one transaction, the only writer meanwhile: all of it is committed when the closure
  /// returns, or nothing where it throws. It is on disk when this returns.
  func write<Result>(_ body: (any StoreWriter) throws -> Result) throws -> Result

  /// The same for whoever must not wait.
  ///
  /// Errors: ``StoreError/busy(path:writer:)`` where others are writing.
  func writeAtOnce<Result>(_ body: (any StoreWriter) throws -> Result) throws -> Result

  /// Gives up the room that is kept on the disk, for a change that takes access away and found the disk full;
  /// false where none is kept.
  func giveUpReserve() -> Bool

  /// What this store is, for people: a path, without secrets.
  var location: String { get }

  /// A reader for whoever keeps in memory what it read.
  func watch() throws -> any StoreWatch

  /// Has what others committed, and what was committed while others read, where a damaged log of the engine's
  /// can't take it away any more. It waits for nobody. False where others keep it from being done, or where
  /// this process may not write: then it is to be tried again.
  @discardableResult func settle() throws -> Bool
}

extension Store {
  /// For a store that has no log.
  package func settle() throws -> Bool { true }
}

package typealias StoreReader =
  AccountReading & TeamReading & RoleReading & GrantReading & TokenReading & CatalogueReading & AuditReading
  & AccessReading & AuthorityReading & ConsoleSessionReading & IntegrityReading & SettingReading
  & DraftReading & KeyReading & DeletedReading & UndoReading
  & ProposalReading & RefusalReading & GateKeyReading & StateReading
package typealias StoreWriter =
  StoreReader & AccountWriting & TeamWriting & RoleWriting & GrantWriting & TokenWriting & CatalogueWriting
  & AuditWriting & ConsoleSessionWriting & SettingWriting & DraftWriting & KeyWriting & DeletedWriting
  & UndoWriting & ProposalWriting & RefusalWriting & GateKeyWriting & StateWriting

package protocol AccountReading {
  func account(_ id: AccountID) throws -> Account?
  func account(_ kind: AccountKind, named key: NameKey) throws -> Account?
  func account(unixAccount: UnixAccountName) throws -> Account?
  /// Windows over the accounts; `limit` is at most ``maximumPageRows``.
  func accounts(
    _ query: AccountQuery, _ position: PagePosition<AccountCursor>, limit: Int, now: Timestamp
  ) throws -> Page<AccountRow>
  func accountCount(_ query: AccountQuery) throws -> Int
  /// The SSH public keys of a user, one line each, sorted.
  func publicKeys(of account: AccountID) throws -> [String]
  /// The living users, by id, one of whose keys begins with that material; see ``SSHPublicKey/material``.
  func users(withKey material: String) throws -> [Account]
}

package protocol AccountWriting {
  func insert(_ account: Account) throws
  /// Replaces name, state and Unix account.
  func update(_ account: Account) throws
  func delete(_ account: AccountID, _ deletion: Deletion) throws
  func setPublicKeys(_ keys: [String], of account: AccountID) throws
}

package protocol TeamReading {
  func team(_ id: TeamID) throws -> Team?
  func team(named key: NameKey) throws -> Team?
  func teams(_ query: TeamQuery, _ position: PagePosition<NameCursor<TeamID>>, limit: Int) throws -> Page<
    TeamRow
  >
  func teamCount(_ query: TeamQuery) throws -> Int
  /// The teams of an account, by name.
  func teams(of account: AccountID) throws -> [Team]
  func members(
    _ query: MemberQuery, _ position: PagePosition<NameCursor<AccountID>>, limit: Int
  ) throws -> Page<MemberRow>
  func memberCount(_ query: MemberQuery) throws -> Int
  /// Which of these accounts are members.
  func members(of team: TeamID, among accounts: Set<AccountID>) throws -> Set<AccountID>
}

package protocol TeamWriting {
  func insert(_ team: Team) throws
  func update(_ team: Team) throws
  func delete(_ team: TeamID, _ deletion: Deletion) throws
  /// Nothing happens where it is one already.
  func addMember(_ account: AccountID, to team: TeamID) throws
  func removeMember(_ account: AccountID, from team: TeamID) throws
}

package protocol RoleReading {
  func customRole(_ id: RoleID) throws -> CustomRole?
  func customRole(named key: NameKey) throws -> CustomRole?
  /// By name.
  func customRoles() throws -> [CustomRole]
  /// The system roles given to a subject itself.
  func roles(of subject: SubjectID) throws -> Set<SystemRole>
  func holders(of role: SystemRole) throws -> RoleHolders
  /// The first of those who have a role directly, by name.
  func subjects(with role: SystemRole, limit: Int) throws -> [(id: SubjectID, kind: AccountKind?, name: Name)]
}

package protocol RoleWriting {
  func insert(_ role: CustomRole) throws
  func update(_ role: CustomRole) throws
  /// Takes it from all who have it, until it is restored.
  func delete(_ role: RoleID, _ deletion: Deletion) throws
  func setRoles(_ roles: Set<SystemRole>, of subject: SubjectID) throws
}

package protocol GrantReading {
  func grant(of subject: SubjectID, on connector: ConnectorID) throws -> Grant?
  /// The grants of a subject on living connectors, by the connector's name. What they name that has
  /// left the catalogue is left out.
  func grants(of subject: SubjectID) throws -> [Grant]
  /// The connectors, deleted ones included, on which a subject's grant names what left the catalogue.
  func danglingGrants(of subject: SubjectID) throws -> Set<ConnectorID>
  /// What a subject's grant on a living connector names that has left the catalogue; by kind, then name.
  func danglingParts(of subject: SubjectID, on connector: ConnectorID) throws -> [DanglingPart]
  /// Windows over those with a grant of their own on a living connector: teams, API users, then users, each
  /// by name. With a list, those whose grant names it, all lists, or the connector role Administrator.
  func grantHolders(
    on connector: ConnectorID, naming list: ListID?, _ position: PagePosition<GrantHolderCursor>, limit: Int
  ) throws -> Page<GrantHolder>
  /// How many grants of living subjects name the deleted entry that an insertion would bring back.
  func revival(ofConnector key: NameKey) throws -> Revival<Connector>?
  func revival(ofCompany key: NameKey, of connector: ConnectorID) throws -> Revival<Company>?
  func revival(ofList key: NameKey, of connector: ConnectorID) throws -> Revival<CatalogueList>?
  func revival(ofItem key: NameKey, _ kind: ItemKind, of list: ListID) throws -> Revival<Item>?
}

/// Something that a grant names and that has left the catalogue: it gives nothing until it comes back.
package struct DanglingPart: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case company, list
    case item(ItemKind)
  }

  package let kind: Kind
  package let name: Name
  /// Of an item.
  package let list: Name?

  package init(_ kind: Kind, _ name: Name, list: Name? = nil) {
    self.kind = kind
    self.name = name
    self.list = list
  }
}

/// A deleted catalogue entry that would come back under its old id.
package struct Revival<Kind> {
  package let id: Identifier<Kind>
  /// Grants of living subjects that name it.
  package let grantCount: Int

  package init(id: Identifier<Kind>, grantCount: Int) {
    self.id = id
    self.grantCount = grantCount
  }
}

package protocol GrantWriting {
  /// Makes or replaces the grant of that subject on that connector. Parts that the stored grant
  /// has and that have left the catalogue are kept.
  func put(_ grant: Grant) throws
  func delete(_ grant: GrantID) throws
  /// Drops what left the catalogue from a subject's grant on a connector, and the whole grant where
  /// the connector itself left or nothing remains.
  func dropDangling(of subject: SubjectID, on connector: ConnectorID) throws
}

/// What decisions are made of, in as few questions as can be.
package protocol AccessReading {
  /// What a living account, which was read before, has itself: its roles, its teams, and its grant on a
  /// connector, where one is named.
  func holdings(of account: Account, on connector: ConnectorID?) throws -> Holdings
  /// The token of a living account that has this Token ID, as its newest or an older one.
  func token(lookup: LookupHash) throws -> FoundToken?
  /// The same by the ids of both, which stay when the Token ID is kept under another key.
  func token(presented: PresentedTokenID) throws -> FoundToken?
  /// Tells the state that is read from others: while two marks are equal, nothing was changed between.
  func stateMark() throws -> StateMark
  /// The generation of the state that is read.
  func generation() throws -> Generation
}

/// What an account has itself.
package struct Holdings: Sendable {
  package let account: Account
  package let roles: Set<SystemRole>
  /// By name.
  package let teams: [(id: TeamID, name: Name)]
  package let grant: Grant?

  package init(
    account: Account, roles: Set<SystemRole>, teams: [(id: TeamID, name: Name)], grant: Grant?
  ) {
    self.account = account
    self.roles = roles
    self.teams = teams
    self.grant = grant
  }
}

/// A state of a store as one connection sees it. Marks of different connections are never equal.
package struct StateMark: Hashable, Sendable {
  private let connection: Int
  private let version: Int64

  /// The connection's number, which no other connection of the process has or will have.
  package init(connection: Int, version: Int64) {
    self.connection = connection
    self.version = version
  }
}

package protocol TokenReading {
  func token(_ id: TokenRowID) throws -> Token?
  /// The live, disabled or expired token of that name; a revoked one is not found by name.
  func token(of account: AccountID, named key: NameKey) throws -> Token?
  /// All tokens of an account: those not revoked by name, then the revoked, latest first.
  func tokens(of account: AccountID) throws -> [Token]
  func storedTokenID(_ lookup: LookupHash) throws -> StoredTokenID?
  /// Whether it is, or was, the Token ID of an account that is deleted.
  func isOfDeletedAccount(_ lookup: LookupHash) throws -> Bool
  /// The newest Token ID of a token.
  func storedTokenID(of token: TokenRowID) throws -> StoredTokenID?
  /// All Token IDs of a token, the newest first, with the end of each older one.
  func tokenIDs(of token: TokenRowID) throws -> [(
    secret: TokenSecretID, hint: TokenHint, validUntil: Timestamp?
  )]
  /// When any token of a living account was last used, as far as it was taken over.
  func lastUse() throws -> Timestamp?
  /// The tokens of living accounts that are not revoked and are limited to an endpoint, perhaps among others.
  func tokens(limitedTo endpoint: EndpointID) throws -> [Token]
  /// Windows over the tokens of living accounts that are not revoked, by id.
  func heldTokens(after id: TokenRowID?, limit: Int) throws -> [Token]
}

package protocol TokenWriting {
  func insert(_ token: Token, _ id: StoredTokenID) throws
  /// Replaces name, expiry, state and limits. A revoked token stays revoked.
  func update(_ token: Token) throws
  /// Adds a newer Token ID; those before stay valid until that time, or their own earlier one.
  func add(_ id: StoredTokenID, to token: TokenRowID, olderValidUntil: Timestamp) throws
  /// Takes over when tokens were last used, forward only. No decision rests on it.
  func setLastUse(_ uses: [(token: TokenRowID, at: Timestamp)]) throws
}

package protocol CatalogueReading {
  /// All by name.
  func connectors() throws -> [Connector]
  func connector(_ id: ConnectorID) throws -> Connector?
  func connector(named key: NameKey) throws -> Connector?
  func companies(of connector: ConnectorID) throws -> [Company]
  /// By group, then name; those without a group last.
  func lists(of connector: ConnectorID) throws -> [CatalogueList]
  /// By list, kind and name.
  func items(of connector: ConnectorID) throws -> [Item]
  func company(_ id: CompanyID) throws -> Company?
  func list(_ id: ListID) throws -> CatalogueList?
  func item(_ id: ItemID) throws -> Item?
  func widgets() throws -> [Widget]
  func widget(_ id: WidgetID) throws -> Widget?
  func endpoints() throws -> [Endpoint]
  func endpoint(_ id: EndpointID) throws -> Endpoint?
  /// An entry of whatever kind; nil also of what is none.
  func entry(_ thing: DeletedThing) throws -> CatalogueEntry?
  func catalogueCounts(of connector: ConnectorID) throws -> CatalogueCounts
}

/// How much a connector has.
package struct CatalogueCounts: Hashable, Sendable {
  package let companies: Int
  package let lists: Int
  package let items: Int

  package init(companies: Int, lists: Int, items: Int) {
    self.companies = companies
    self.lists = lists
    self.items = items
  }
}

/// Inserting a name that was deleted brings the deleted entry back under its old id, so that
/// grants which name it come back to life; the function returns what it is then.
package protocol CatalogueWriting {
  @discardableResult func insert(_ entry: CatalogueEntry) throws -> DeletedThing
  func update(_ entry: CatalogueEntry) throws
  /// Takes what is in it along, such as a connector's companies, lists and items; that comes back when it is
  /// restored, not when it is inserted again.
  func delete(_ thing: DeletedThing, _ deletion: Deletion) throws
}

// For whoever has one kind of entry alone.
extension CatalogueWriting {
  @discardableResult
  package func insert<Member: CatalogueMember>(_ member: Member) throws -> Identifier<Member> {
    try insert(member.entry).identifier()
  }

  package func update(_ member: some CatalogueMember) throws { try update(member.entry) }

  package func delete<Member: CatalogueMember>(_ id: Identifier<Member>, _ deletion: Deletion) throws {
    try delete(DeletedThing(Member.kind, id), deletion)
  }
}
