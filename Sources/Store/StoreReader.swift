package import Access

/// What an engine offers to the use cases. No front end gets this reader, because no single permission allows
/// a person to read everything in it: sealed Token IDs, and the drafts, proposals and undo documents of
/// everybody.
///
/// Errors: ``StoreError``.
package protocol StoreReader: SecurityReader, AuditReader {
  /// The same for bodies that read what only use cases may.
  func foresee(_ readings: [(any StoreReader) throws -> Void]) throws

  // Token IDs in the form in which they are kept
  func storedTokenID(_ lookup: LookupHash) throws -> StoredTokenID?
  /// Finds several Token IDs, each as ``storedTokenID(_:)`` does; at once, where a look-up costs a round trip.
  func storedTokenIDs(_ lookups: [LookupHash]) throws -> [StoredTokenID?]
  /// Whether the Token ID belongs, or belonged, to a deleted account.
  func isOfDeletedAccount(_ lookup: LookupHash) throws -> Bool
  /// The newest Token ID of a token.
  func storedTokenID(of token: TokenRowID) throws -> StoredTokenID?
  /// The number of Token IDs that are kept under each key. The function reads all Token IDs.
  func tokenIDCounts(_ kind: TokenKeyKind) throws -> [KeyID: Int]
  /// The Token IDs that are kept under another key than `key`, including those of revoked tokens and deleted
  /// accounts, in the order in which they lie in the store. `after` is the place of the last one that the
  /// caller has.
  func tokenIDs(
    notUnder key: KeyID, _ kind: TokenKeyKind, after place: Int64?, limit: Int
  ) throws -> [PlacedTokenID]

  /// All Token IDs, in the order in which they lie in the store. `after` is the place of the last one that the caller has.
  func tokenIDs(after place: Int64?, limit: Int) throws -> [PlacedTokenID]

  // Drafts, undo and the Inbox
  /// The drafts of a user, the latest first.
  func drafts(of user: AccountID) throws -> [StoredDraft]
  /// The document of a user's own settings of the console; nil where there is none.
  func consoleSettings(of user: AccountID) throws -> String?
  /// The entries of an operator, the latest first, at most `limit`.
  func undoEntries(of owner: UndoOwner, limit: Int) throws -> [UndoEntry]
  func undoEntry(_ number: Int64) throws -> UndoEntry?
  /// The entries whose first row is `number` or an earlier one, in order.
  func undoEntries(upTo number: Int64) throws -> [UndoEntry]
  /// A description of what was done, for entries that the audit rows don't describe: entries of earlier
  /// popsecs, and entries whose rows were archived. The result is nil where the audit rows describe the
  /// change, or where it can't be undone.
  func undoDocument(_ number: Int64) throws -> String?
  /// The latest proposals first, at most `limit`.
  func proposals(limit: Int) throws -> [Proposal]
  /// The number of proposals that wait for a decision and have not expired.
  func waitingProposalCount(at now: Timestamp) throws -> Int
  func proposal(_ number: Int64) throws -> Proposal?
  /// The document of the proposed action.
  func proposalDocument(_ number: Int64) throws -> String?
  /// The latest proposal of this operator and kind that somebody agreed to and that has not expired.
  func agreedProposal(of owner: UndoOwner, _ kind: Proposal.Kind, at now: Timestamp) throws -> Proposal?
  /// All accounts that have the built-in role Administrator, themselves or through a team, enabled or not.
  func administrators() throws -> AdministratorTerms
  /// The sums of refusals that have no audit row yet, ordered by operator and kind.
  func refusalSums() throws -> [RefusalSum]

  // Notices, and what they tell of
  /// The notices, the latest first; those of these conditions alone, where some are named. `before` continues.
  func notices(of conditions: Set<String>?, before number: Int64?, limit: Int) throws -> [Notice]
  /// Those that wait, in the order in which they are handed over.
  func waitingNotices(limit: Int) throws -> [Notice]
  func waitingNoticeCount() throws -> Int
  /// Which of these keys have been raised, and may not be raised again.
  func raisedKeys(among keys: [String]) throws -> Set<String>
  /// The notices of a condition that may not be raised again, by number.
  func heldNotices(of condition: String) throws -> [Notice]
  /// The notices that were settled before that time, the earliest first, at most `limit`.
  func notices(settledBefore time: Timestamp, limit: Int) throws -> [Notice]
  /// When popsec last looked at what a condition tells of.
  func noticeLook(of condition: String) throws -> Timestamp?
  /// The tokens of living accounts, neither revoked nor disabled, that end after `start` and at `end` at the latest,
  /// ordered by their end. `after` continues behind a token.
  func tokens(
    endingAfter start: Timestamp, upTo end: Timestamp, after: TokenEnd?, limit: Int
  ) throws -> [Token]
  /// The number of these tokens.
  func tokenCount(endingAfter start: Timestamp, upTo end: Timestamp) throws -> Int
  /// The tokens of living accounts, not revoked, that have an older Token ID whose set end is later than `time`, ordered
  /// by id.
  func tokens(olderValidAfter time: Timestamp, after id: TokenRowID?, limit: Int) throws -> [Token]

  // What is deleted
  /// The ``Deletion/number`` of the last deletion of a thing that lives again; nil where the thing was never
  /// deleted.
  func lastDeletion(of thing: DeletedThing) throws -> Int64?
  /// A user or API user that is deleted.
  func deletedAccount(_ id: AccountID) throws -> Account?
  /// The authority that a deleted user or team had when it lived.
  func formerAuthority(of thing: DeletedThing) throws -> HeldAuthority
  /// Whether no living thing of the same kind and place has that name.
  func isFree(_ name: Name, for thing: DeletedThing) throws -> Bool
  /// Whether another thing of the same kind and place has that name, be it living or deleted.
  func hasNamesake(_ name: Name, of thing: DeletedThing) throws -> Bool
  /// All living things that belong to a thing or name it. For a team these are its members, and for a role
  /// its holders. For a catalogue entry these are its parts, and the grants, widgets, endpoints and limited
  /// tokens that name the entry. Each is given as its kind and its id.
  func dependents(of thing: DeletedThing) throws -> [String]
  /// The number of parts that are deleted together with a thing.
  func partCount(of thing: DeletedThing) throws -> Int
  func purgeObstacle(of thing: DeletedThing) throws -> PurgeObstacle?
  /// The things that may be purged now, at most `limit`. Parts come before the things that they belong to.
  func overdue(_ bounds: PurgeBounds, limit: Int) throws -> [DeletedRow]
  /// The last audit row after `sequence` that tells of a change to a target.
  func lastChange(of target: AuditTarget.Kind, id: String, after sequence: Int64) throws -> AuditRecord?
  /// The first row after this one about the thing, as far as rows are kept.
  func firstRow(about target: AuditTarget.Kind, id: String, after sequence: Int64) throws -> AuditRecord?
  /// The name of the person who deleted something. Nil where finding it in the audit log would take too long.
  func deleter(of row: DeletedRow) throws -> String?
  /// The parts of a grant that left the catalogue.
  func goneParts(of grant: GrantID) throws -> GoneParts

  // The state as a whole
  /// Hands over the whole state, fact by fact, ordered by the kinds of ``StateFact`` and by ids. Only a part
  /// of a large store is in memory at any time.
  func forEachFact(_ body: (StateFact) throws -> Void) throws
  /// The last snapshot that was taken as of this row of the audit log or an earlier one.
  func snapshot(notAfter sequence: Int64) throws -> Snapshot?
  /// Hands over the parts of a snapshot, in the order in which they were added.
  func forEachPart(of snapshot: Snapshot, _ body: (String) throws -> Void) throws

  // Integrity. These functions read the whole store.
  /// The damages of the store, in words; empty where the store is whole, and nil where whoever reads may not look for
  /// them.
  func damages() throws -> [String]?
  /// The number of grants of living subjects that name parts that left the catalogue.
  func danglingGrantCount() throws -> Int
  /// The SSH public keys of all living users, as the store has them.
  func allPublicKeys() throws -> [(user: Name, line: String)]
}

extension StoreReader {
  /// The head of the state that is being read.
  package func storeHead() throws -> StoreHead {
    let last = try auditHead()
    return StoreHead(
      generation: try generation(), sequence: last?.sequence ?? 0, hash: last?.hash ?? [])
  }
}
