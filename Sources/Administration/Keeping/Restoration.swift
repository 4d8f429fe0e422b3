package import Access
internal import Sealing
package import Store

/// The steps of a restore that need the engine of the store, or the backup's file.
package protocol RestorePlace {
  /// The store's folder, for people.
  var folder: String { get }
  /// The latest version of a store that this program knows.
  var knownVersion: Int { get }

  /// Writes the backup's database into an existing empty file.
  func takeDatabase(to path: String) throws
  /// Writes the records of gates into a new file, where the backup has them.
  func takeUses(to path: String) throws
  /// The version of a copied database, and the id of its store. A newer version is refused.
  func identify(copy path: String) throws -> (version: Int, store: StoreID?)
  /// The damages of a copied database, in words.
  func damages(ofCopy path: String) throws -> [String]
  /// Makes a store of copies in a folder that is missing or empty; `fill` is told where to put them.
  func adopt(
    fill: (_ database: String, _ uses: String) throws -> Void,
    furnish: (_ folder: String, any Store) throws -> Void) throws
  /// Replaces what a store holds by a copy, in one transaction. Returns the path at which the former state is
  /// kept.
  func replaceContents(
    fill: (_ database: String) throws -> Void, furnish: (any Store) throws -> Void,
    check: (any StoreReader) throws -> Void
  ) throws -> String
}

/// Makes a store from a backup, step by step. Nothing is changed before the last step.
package struct Restoration {
  private let backup: RestorableBackup
  private let keys: RestoredKeys
  /// The heads of the audit log that were kept elsewhere.
  private let sent: [SentAuditHead]?
  private let place: any RestorePlace
  /// The operator who restores, until a store tells who they are in it.
  private let maker: Operator
  private let surroundings: Surroundings

  private var manifest: BackupManifest { backup.manifest }

  /// Errors: ``BackupTrouble/newer(file:version:known:)``; ``BackupTrouble/keysMissing(file:keys:)``, unless
  /// missing keys are accepted.
  package init(
    of backup: RestorableBackup, keys: RestoredKeys, sent: [SentAuditHead]?, in place: any RestorePlace,
    by maker: Operator, _ surroundings: Surroundings
  ) throws {
    guard backup.manifest.schemaVersion <= place.knownVersion else {
      throw BackupTrouble.newer(
        file: backup.name, version: backup.manifest.schemaVersion, known: place.knownVersion)
    }
    (self.backup, self.keys, self.sent, self.place) = (backup, keys, sent, place)
    (self.maker, self.surroundings) = (maker, surroundings)
  }

  // MARK: Into an empty place

  /// - Parameter group: the group that shares the store and its keys.
  package func adopt(sharedWith group: UInt32?, withoutKeys: Bool) throws -> RestoreOutcome {
    let missing = try missingKeys(withoutKeys)
    var notes = missing.isEmpty ? [] : ["keys that are not there: " + missing.joined(separator: ", ")]
    try place.adopt(
      fill: { database, uses in
        try fill(database)
        try place.takeUses(to: uses)
      },
      furnish: { folder, store in
        let keys = try keys.furnish(folder, sharedWith: group)
        try verify(store, keys)
        notes += try record(store, keys, maker)
      })
    return outcome(replaced: nil, kept: nil, notes)
  }

  // MARK: In place of the present store

  /// The number of attempts. Others may write while a restore is prepared, and then it is prepared again.
  private static let mostAttempts = 5

  /// Somebody changed the store between the look at it and its replacement.
  private struct ChangedMeanwhile: Complaint {
    var message: String { "others change the store all the time, so that it was not replaced" }
    var hint: String? { "nothing was changed; try again" }
    var exitStatus: ExitStatus { .unavailable }
  }

  /// - Parameter confirm: asks the person to confirm what the restore does. It is asked once, unless that
  ///   changes.
  package func replace(
    _ present: Administration, withoutKeys: Bool, confirm: (RestoreOutlook) throws -> Void
  ) throws -> RestoreOutcome {
    try present.requireRestore()
    let id = try present.storeID()
    guard id.rawValue == manifest.store else {
      throw BackupTrouble.otherStore(file: backup.name, its: manifest.store, present: id.rawValue)
    }
    _ = try missingKeys(withoutKeys)
    var confirmed: String?
    for attempt in 1... {
      do {
        return try replace(present) { outlook in
          if outlook.basis != confirmed { try confirm(outlook) }
          confirmed = outlook.basis
        }
      } catch is ChangedMeanwhile where attempt < Self.mostAttempts { continue }
    }
    throw ChangedMeanwhile()
  }

  private func replace(
    _ present: Administration, confirm: (RestoreOutlook) throws -> Void
  ) throws -> RestoreOutcome {
    let rollback = try present.rollbackWords(to: manifest)
    let restorer = Operator(
      actor: present.operating.actor, standing: .fixed(.administrator), ownsStore: true)
    var notes: [String] = []
    var replaced: ReplacedState?
    let kept = try place.replaceContents(
      fill: { try fill($0) },
      furnish: { store in
        try verify(store, try keys.trusted.load())
        let (outlook, state) = try store.read {
          try present.restoreOutlook(of: backup.identity, rollback: rollback, restored: $0)
        }
        try present.requireRestore(doing: outlook)
        try confirm(outlook)
        replaced = state
        notes = outlook.lines
        notes += try record(store, try keys.trusted.load(), restorer, replacing: state, outlook)
      },
      check: { reader in
        guard try reader.fullHead() == replaced?.head else { throw ChangedMeanwhile() }
      })
    return outcome(replaced: replaced?.head, kept: kept, notes)
  }

  // MARK: In both cases

  private func missingKeys(_ arePutUpWith: Bool) throws -> [String] {
    let missing = keys.missing(for: manifest)
    guard missing.isEmpty || arePutUpWith else {
      throw BackupTrouble.keysMissing(file: backup.name, keys: missing)
    }
    return missing
  }

  /// Takes the database out of the backup, and verifies it.
  private func fill(_ database: String) throws {
    try place.takeDatabase(to: database)
    let found = try place.identify(copy: database)
    guard found.version == manifest.schemaVersion, found.store?.rawValue == manifest.store else {
      throw BackupTrouble.damaged(file: backup.name, what: "its database is another than its manifest tells")
    }
    if let damage = try place.damages(ofCopy: database).first {
      throw BackupTrouble.damaged(file: backup.name, what: "in its database, \(damage)")
    }
  }

  /// Compares the audit log with everything that is known of it.
  private func verify(_ store: any Store, _ keys: TokenKeys) throws {
    let found = try restored(store, keys, maker).verifyAudit(against: sent)
    for finding in found.findings {
      // A rollback is expected to lack rows whose heads were sent.
      if case .headBeyond = finding, sent != nil { continue }
      throw BackupTrouble.otherHistory(file: backup.name, detail: finding.text)
    }
    guard let head = found.last ?? found.checkpoint, BackupManifest.Head(head) == manifest.head else {
      throw BackupTrouble.damaged(
        file: backup.name, what: "its audit log ends elsewhere than its manifest tells")
    }
  }

  /// Records the restore. Returns notes for people.
  private func record(
    _ store: any Store, _ keys: TokenKeys, _ restorer: Operator, replacing: ReplacedState? = nil,
    _ outlook: RestoreOutlook? = nil
  ) throws -> [String] {
    guard let head = manifest.head.head else { return [] }
    try restored(store, keys, restorer).recordRestore(
      RestoredFrom(
        head: head, madeAt: manifest.madeAt, sha256: backup.identity.sha256, replaced: replacing,
        outlook: outlook))
    return SentAuditHead.words(sent, restoredTo: head)
  }

  private func restored(_ store: any Store, _ keys: TokenKeys, _ restorer: Operator) -> Administration {
    Administration(store: store, keys: keys, operating: restorer, surroundings: surroundings)
  }

  private func outcome(replaced: AuditHead?, kept: String?, _ notes: [String]) -> RestoreOutcome {
    RestoreOutcome(
      folder: place.folder, manifest: manifest, replacedRow: replaced?.sequence, kept: kept, notes: notes)
  }
}
