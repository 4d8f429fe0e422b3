package import Access

/// One transaction. For an id that does not exist a function writes nothing. The names of living things are unique.
///
/// Errors: ``StoreError``.
package protocol StoreWriter: StoreReader {
  // Users and API users
  func insert(_ account: Account) throws
  /// Replaces the name, the state, the Unix account and the particulars.
  ///
  /// - Parameter before: the account as it is now in this transaction, which must have it.
  func update(_ account: Account, was before: Account) throws
  func delete(_ account: AccountID, _ deletion: Deletion) throws
  func setPublicKeys(_ keys: [String], of account: AccountID) throws
  /// Makes or replaces a session. The user's earlier sessions are removed where they ended, or were last seen before
  /// `forgettingBefore`.
  func put(_ session: ConsoleSession, forgettingBefore: Timestamp) throws
  /// Sets something for a user, or for the whole store where the user is nil. A nil value restores the
  /// default.
  func set(_ setting: Setting, to value: SettingValue?, of user: AccountID?) throws
  /// Makes the law, or replaces the one of that name.
  func put(_ law: Law<AsWritten>) throws
  func removeLaw(named key: NameKey) throws

  // Teams, roles and grants
  func insert(_ team: Team) throws
  func update(_ team: Team) throws
  func delete(_ team: TeamID, _ deletion: Deletion) throws
  /// Makes the account a member, or replaces the bounds of the membership.
  func putMember(_ account: AccountID, in team: TeamID, _ bounds: Bounds) throws
  func removeMember(_ account: AccountID, from team: TeamID) throws
  func insert(_ role: CustomRole) throws
  func update(_ role: CustomRole) throws
  /// Takes the role from everybody who has it, until the role is restored.
  func delete(_ role: RoleID, _ deletion: Deletion) throws
  func setRoles(_ roles: BoundedSet<SystemRole>, of subject: SubjectID) throws
  /// Makes or replaces the grant of a subject on a connector. Parts of the stored grant that left the
  /// catalogue stay in it.
  func put(_ grant: Grant) throws
  func delete(_ grant: GrantID) throws
  /// Drops the parts that left the catalogue from a subject's grant. The whole grant is dropped where the
  /// connector itself has left or nothing remains.
  func dropDangling(of subject: SubjectID, on connector: ConnectorID) throws

  // Tokens, and the keys of their Token IDs
  func insert(_ token: Token, _ id: StoredTokenID) throws
  /// Replaces the name, the expiry, the state, the limits and the particulars. A revoked token stays revoked.
  ///
  /// - Parameter before: the token as it is now in this transaction, which must have it.
  func update(_ token: Token, was before: Token) throws
  /// Adds a newer Token ID. Each older one ends at `olderValidUntil`, or at its own end where that is earlier.
  func add(_ id: StoredTokenID, to token: TokenRowID, olderValidUntil: Timestamp) throws
  /// Records the last uses of tokens. A time before the recorded one is ignored. No decision rests on last uses.
  func setLastUse(_ uses: [(token: TokenRowID, at: Timestamp)]) throws
  /// Sets which keys the store uses from now on.
  func setKeyUse(_ use: TokenKeyUse, _ kind: TokenKeyKind) throws
  /// Keeps a Token ID under another key. Returns false, and changes nothing, where the Token ID has changed
  /// since it was read. No decision rests on the key.
  func rewrite(_ id: PlacedTokenID, _ kind: TokenKeyKind, as new: StoredTokenID) throws -> Bool
  /// Raises the generation to at least this number, so that everybody who keeps something in memory reads it
  /// anew.
  func raiseGeneration(to generation: Generation) throws
  /// Adds the key of a gate, or replaces the signature that vouches for it. No decision rests on the keys of gates.
  func put(_ key: GateKey) throws
  /// Retires the key of a gate for good. Does nothing where the key is retired already.
  func retire(_ key: GateKeyID, at now: Timestamp) throws

  // The catalogue
  /// Inserts an entry. Where an entry of that name and place was deleted, it comes back under its old id, so
  /// that the grants that name it are in effect again. Returns the thing as which the entry stands in the
  /// store.
  @discardableResult func insert(_ entry: CatalogueEntry) throws -> DeletedThing
  func update(_ entry: CatalogueEntry) throws
  /// Deletes something with its parts, such as a connector with its companies, lists and items. The parts
  /// come back when the thing is restored, but not when it is inserted again.
  func delete(_ thing: DeletedThing, _ deletion: Deletion) throws

  // What is deleted
  /// Brings something deleted back under a name, with its memberships, roles and grants, and where
  /// `withParts` is true with the parts that were deleted together with it. Its tokens stay revoked.
  func restore(_ thing: DeletedThing, as name: Name, withParts: Bool) throws
  /// Renames something deleted. Names of deleted things need not be unique.
  func rename(deleted thing: DeletedThing, to name: Name) throws
  /// Removes something deleted for good, with everything that belongs to it. Living things no longer name it.
  func purge(_ thing: DeletedThing) throws
  /// Adds parts that left the catalogue to a grant.
  func add(_ parts: GoneParts, to grant: GrantID) throws

  // Audit, drafts, undo and the Inbox
  func append(_ record: AuditRecord) throws
  /// Keeps a signed head. Of each day only the last head is kept.
  func put(_ head: SignedAuditHead) throws
  /// Records that a kept head did not reach the system's log.
  func takeBackAnnouncing(_ sequence: Int64) throws
  /// Removes the rows up to the head, and keeps the head as the checkpoint of the log.
  func archiveAudit(behind head: SignedAuditHead) throws
  /// Keeps a draft, which replaces the user's draft of the same page. The earliest drafts are removed where the user has
  /// more than ``StoredDraft/maximumCount``.
  func put(_ draft: StoredDraft) throws
  func deleteDraft(of user: AccountID, at place: String) throws
  /// Keeps the document of a user's own settings of the console, in place of the one before. Nil removes the document.
  /// No decision rests on it.
  func setConsoleSettings(_ document: String?, of user: AccountID, at time: Timestamp) throws
  /// Keeps an entry. Only the last `count` entries of its owner are kept, and those that `purging` says are
  /// removed.
  func put(_ entry: UndoEntry, keepingLast count: Int, purging: PurgeBounds?) throws
  /// Keeps a description of what was done beside an entry, because its audit rows are going to be archived.
  func setDocument(_ document: String, of number: Int64) throws
  func markUndone(_ number: Int64, by undoing: Int64) throws
  /// Keeps a new proposal, and removes those that `purging` says.
  func insert(_ proposal: Proposal, document: String, purging: PurgeBounds?) throws
  /// Replaces the state and the end of a proposal, and the name of the person who decided.
  func update(_ proposal: Proposal) throws
  /// Counts one more refusal.
  func countRefusal(userID: String, actor: String, kind: String, at now: Timestamp) throws
  /// Removes the sums of an operator, because an audit row now tells of the refusals.
  func dropRefusalSums(userID: String, actor: String) throws

  // Notices: no decision rests on them
  /// Keeps a notice that waits, behind all others. Does nothing where an event of that id is kept.
  func insert(_ event: NoticeEvent, at now: Timestamp) throws
  /// Replaces a notice but for its number, the event's id and when the notice was raised.
  func update(_ notice: Notice) throws
  func deleteNotices(_ numbers: [Int64]) throws
  func setNoticeLook(of condition: String, at now: Timestamp) throws

  // Snapshots of the state
  func begin(_ snapshot: Snapshot) throws
  /// Adds a part to a snapshot.
  ///
  /// - Parameter position: the number of the part, counted from 1.
  func add(_ facts: String, to snapshot: Snapshot, at position: Int64) throws
  func removeSnapshots(before sequence: Int64) throws
}

// Functions for code that handles a single kind of entry.
extension StoreWriter {
  @discardableResult
  package func insert<Member: CatalogueMember>(_ member: Member) throws -> Identifier<Member> {
    try insert(member.entry).identifier()
  }

  package func update(_ member: some CatalogueMember) throws { try update(member.entry) }

  package func delete<Member: CatalogueMember>(_ id: Identifier<Member>, _ deletion: Deletion) throws {
    try delete(DeletedThing(Member.kind, id), deletion)
  }
}
