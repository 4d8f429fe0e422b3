package import Access

/// What an engine offers to the use cases. No front end gets this reader, because no single permission allows
/// a person to read everything in it: sealed Token IDs, and the drafts, proposals and undo documents of
/// everybody.
///
/// Errors: ``StoreError``.
package protocol StoreReader: SecurityReader, AuditReader {
  // Token IDs in the form in which they are kept
  func storedTokenID(_ lookup: LookupHash) throws -> StoredTokenID?
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

  // Drafts, undo and the Inbox
  /// The drafts of a user, the latest first.
  func drafts(of user: AccountID) throws -> [StoredDraft]
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
  func administrators() throws -> Set<AccountID>
  /// The sums of refusals that have no audit row yet, ordered by operator and kind.
  func refusalSums() throws -> [RefusalSum]

  // What is deleted
  /// The ``Deletion/number`` of the last deletion of a thing that lives again; nil where the thing was never
  /// deleted.
  func lastDeletion(of thing: DeletedThing) throws -> Int64?
  /// A user or API user that is deleted.
  func deletedAccount(_ id: AccountID) throws -> Account?
  /// The authority that a deleted user or team had when it lived.
  func formerAuthority(of thing: DeletedThing) throws -> Authority
  /// Whether no living thing of the same kind and place has that name.
  func isFree(_ name: Name, for thing: DeletedThing) throws -> Bool
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
  /// The damages of the store, in words; empty where the store is whole.
  func damages() throws -> [String]
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
