package import Access

/// What somebody with ``Permission/securityRead`` can read: users, API users, teams, roles, grants, the names
/// and states of tokens, the catalogue, and everything on which decisions rest. Audit rows, other people's
/// drafts, proposals and sealed Token IDs don't exist here.
///
/// Functions hide what is deleted unless they say otherwise. For an id that does not exist they return nil,
/// or nothing.
///
/// Errors: ``StoreError``.
package protocol SecurityReader: CatalogueReader {
  /// Reads ahead what several bodies are going to read, all at once, where a question costs a round trip. The bodies do not
  /// depend on each other, may be run in part and again, and change nothing. Their errors are ignored here: whoever reads
  /// for good afterwards gets them.
  func foresee(_ readings: [(any SecurityReader) throws -> Void]) throws

  // Users and API users
  func account(_ id: AccountID) throws -> Account?
  func account(_ kind: AccountKind, named key: NameKey) throws -> Account?
  func account(unixAccount: UnixAccountName) throws -> Account?
  /// A window over the accounts; `limit` is at most ``maximumPageRows``.
  func accounts(
    _ query: AccountQuery, _ position: PagePosition<AccountCursor>, limit: Int, now: Timestamp
  ) throws -> Page<AccountRow>
  /// The same window with the accounts alone, which takes a fraction of the time.
  func placedAccounts(
    _ query: AccountQuery, _ position: PagePosition<AccountCursor>, limit: Int, now: Timestamp
  ) throws -> Page<PlacedAccount>
  func accountCount(_ query: AccountQuery) throws -> Int
  /// The SSH public keys of a user, one line each, sorted.
  func publicKeys(of account: AccountID) throws -> [String]
  /// The living users that have a key whose text begins with `material` (``SSHPublicKey/material``), ordered by id.
  func users(withKey material: String) throws -> [Account]
  /// The time at which a user was last seen; nil for a user who never was.
  func lastSeen(_ user: AccountID) throws -> ConsoleSession?
  /// The console sessions that were open at `since` or later, in the order in which they began.
  func openSessions(since: Timestamp) throws -> [(session: ConsoleSession, name: Name)]
  /// The settings of a user, or for nil those of the whole store. A setting that is missing has its default.
  /// Settings of a newer popsec are left out.
  func settings(of user: AccountID?) throws -> [Setting: SettingValue]
  /// The laws, ordered by the keys of their names.
  func laws() throws -> [Law<AsWritten>]
  func law(named key: NameKey) throws -> Law<AsWritten>?
  /// The names of all laws, in order, without reading what the laws say.
  func lawNames() throws -> [Name]
  /// The number of laws, and of the characters in which they are kept, without reading what the laws say.
  func lawStock() throws -> LawStock

  // Teams and roles
  func team(_ id: TeamID) throws -> Team?
  func team(named key: NameKey) throws -> Team?
  func teams(_ query: TeamQuery, _ position: PagePosition<NameCursor<TeamID>>, limit: Int) throws -> Page<
    TeamRow
  >
  func teamCount(_ query: TeamQuery) throws -> Int
  /// The teams of an account, by name, each with the bounds of the membership.
  func teams(of account: AccountID) throws -> [Bounded<Team>]
  func members(
    _ query: MemberQuery, _ position: PagePosition<NameCursor<AccountID>>, limit: Int
  ) throws -> Page<MemberRow>
  func memberCount(_ query: MemberQuery) throws -> Int
  /// Which of these accounts are members, with the bounds of the membership.
  func members(of team: TeamID, among accounts: Set<AccountID>) throws -> BoundedSet<AccountID>
  func customRole(_ id: RoleID) throws -> CustomRole?
  func customRole(named key: NameKey) throws -> CustomRole?
  /// The custom roles, ordered by name.
  func customRoles() throws -> [CustomRole]
  /// The system roles given to a subject itself.
  func roles(of subject: SubjectID) throws -> BoundedSet<SystemRole>
  func holders(of role: SystemRole) throws -> RoleHolders
  /// The subjects that were given a role themselves, not through a team; ordered by name, at most `limit`.
  func subjects(with role: SystemRole, limit: Int) throws -> [RoleHolder]
  /// What a living account may do, by its own roles and those of its teams, whether or not it is enabled.
  func authority(of account: AccountID) throws -> HeldAuthority
  /// What a living team gives its members.
  func authority(of team: TeamID) throws -> HeldAuthority
  /// Whether there is an enabled user who is Administrator at an instant and for good: by an own role or a team's, which,
  /// like the membership, is in force and has no end.
  func hasAdministrator(at now: Timestamp) throws -> Bool

  // Grants
  func grant(of subject: SubjectID, on connector: ConnectorID) throws -> Grant?
  /// The grants of a subject on living connectors, ordered by the connector's name. Parts that have left the catalogue
  /// are left out.
  func grants(of subject: SubjectID) throws -> [Grant]
  /// The connectors, deleted ones too, on which a grant of the subject names a part that has left the catalogue.
  func danglingGrants(of subject: SubjectID) throws -> Set<ConnectorID>
  /// The parts of a subject's grant that have left the catalogue, ordered by kind and name.
  func danglingParts(of subject: SubjectID, on connector: ConnectorID) throws -> [DanglingPart]
  /// A window over the subjects that have a grant of their own on a living connector: teams, then API users, then users,
  /// each ordered by name. With `list`, only those whose grant names the list, names all lists, or has the connector role
  /// Administrator.
  func grantHolders(
    on connector: ConnectorID, naming list: ListID?, _ position: PagePosition<GrantHolderCursor>, limit: Int
  ) throws -> Page<GrantHolder>
  /// The deleted connector that would come back if a connector of this name were inserted, with the number of
  /// grants of living subjects that name it. The result is nil where nothing would come back. The next three
  /// functions do the same for other kinds.
  func revival(ofConnector key: NameKey) throws -> Revival<Connector>?
  func revival(ofCompany key: NameKey, of connector: ConnectorID) throws -> Revival<Company>?
  func revival(ofList key: NameKey, of connector: ConnectorID) throws -> Revival<CatalogueList>?
  func revival(ofItem key: NameKey, _ kind: ItemKind, of list: ListID) throws -> Revival<Item>?

  /// What was given to living subjects and ended at that instant or before: grants on living connectors, living system
  /// roles, and memberships in living teams. The longest ago goes first.
  func ended(by instant: Timestamp) throws -> [Bounded<BoundedThing>]

  /// The labels that living API users or their tokens have, each once, ordered by key and value; at most `limit`.
  ///
  /// - Parameter text: a label, or its beginning, from which on they are wanted.
  func labels(of holder: LabelHolder, from text: String, limit: Int) throws -> [Label]

  // Tokens
  func token(_ id: TokenRowID) throws -> Token?
  /// The token of that name. A revoked token is not found by its name.
  func token(of account: AccountID, named key: NameKey) throws -> Token?
  /// All tokens of an account: first those that are not revoked, ordered by name, then the revoked ones, the
  /// latest first.
  func tokens(of account: AccountID) throws -> [Token]
  /// A window over the tokens of all living accounts; `limit` is at most ``maximumPageRows``.
  func tokens(_ query: TokenQuery, _ position: PagePosition<TokenCursor>, limit: Int) throws -> Page<
    ListedToken
  >
  /// The number of tokens of living accounts for which conditions hold.
  func tokenCount(_ conditions: Conditions) throws -> Int
  /// The ids and hints of a token's Token IDs, the newest first. An older Token ID has the time at which it
  /// ends.
  func tokenIDs(of token: TokenRowID) throws -> [(
    secret: TokenSecretID, hint: TokenHint, validUntil: Timestamp?
  )]
  /// The users who own an API user or a token. Users who were deleted since are among them.
  func owningUsers() throws -> Set<AccountID>
  /// The latest use of any token of a living account that ``StoreWriter/setLastUse(_:)`` recorded.
  func lastUse() throws -> Timestamp?
  /// The last use of each of these tokens that was recorded, nil where none was. Tokens of no living account are left
  /// out.
  func lastUses(of tokens: [TokenRowID]) throws -> [TokenRowID: Timestamp?]
  /// The tokens of these accounts, revoked ones too, each with its account.
  func tokens(ofEach accounts: [AccountID]) throws -> [TokenRowID: AccountID]
  /// The tokens of living accounts that are limited to an endpoint, alone or among others, and are not revoked.
  func tokens(limitedTo endpoint: EndpointID) throws -> [Token]
  /// A window over the tokens of living accounts that are not revoked, ordered by id.
  func heldTokens(after id: TokenRowID?, limit: Int) throws -> [Token]
  /// The token of a living account to which a Token ID belongs, be it the newest one or an older one.
  func token(lookup: LookupHash) throws -> FoundToken?
  /// Like ``token(lookup:)``, but found by the ids of token and Token ID, which stay the same when the
  /// store's keys are exchanged.
  func token(presented: PresentedTokenID) throws -> FoundToken?

  // What is deleted
  /// A window over what is deleted; `limit` is at most ``maximumPageRows``.
  func deleted(
    _ query: DeletedQuery, _ position: PagePosition<DeletedCursor>, limit: Int
  ) throws -> Page<DeletedRow>
  func deletedCount(_ query: DeletedQuery) throws -> Int
  /// The deleted thing; nil where the thing lives, never existed, was purged, or was deleted together with
  /// something else.
  func deleted(_ thing: DeletedThing) throws -> DeletedRow?
  /// The deleted things of that kind and name, the latest first, at most `limit`.
  func deleted(_ kind: DeletedKind, named key: NameKey, limit: Int) throws -> [DeletedRow]

  // Decisions, and the state on which they rest
  /// The roles and teams of a living account, and its own grant on `connector`.
  func holdings(of account: Account, on connector: ConnectorID?) throws -> Holdings
  /// The keys of all gates, retired ones too, in the order in which they were added.
  func gateKeys() throws -> [GateKey]
  /// The generation of the state that is read.
  func generation() throws -> Generation
  /// Whose decisions the changes after a generation may have altered, up to that of the state that is read. It counts as
  /// anybody's where that is not known of each of them.
  func altered(after known: Generation, upTo present: Generation) throws -> AlteredReach

  // The store itself
  func storeID() throws -> StoreID
  func keyUse(_ kind: TokenKeyKind) throws -> TokenKeyUse
  /// The key under which the oldest Token ID of the store is kept; nil in a store without Token IDs.
  func firstKey(_ kind: TokenKeyKind) throws -> KeyID?
}

extension SecurityReader {
  /// The keys that the store uses. A store whose keys were never exchanged names none. Its current key is the
  /// one under which its Token IDs are kept, or nil where it has no Token IDs.
  package func presentKeyUse(_ kind: TokenKeyKind) throws -> TokenKeyUse {
    var use = try keyUse(kind)
    if use.current == nil { use.current = try firstKey(kind) }
    return use
  }

  /// The settings that apply to a user, or for nil to somebody who is not a user of the store.
  package func settings(for user: AccountID?) throws -> Settings {
    Settings(ofStore: try settings(of: nil), ofUser: try user.map { try settings(of: $0) } ?? [:])
  }
}

/// What labels stand on.
package enum LabelHolder: String, Hashable, Sendable {
  case account, token
}
