import Access
import Administration
import Foundation
import Sealing
import Store

/// Makes a store of a backup, step by step; until the last step nothing is changed.
struct Restoring {
  let location: StoreLocation
  let backup: BackupFile
  /// Heads of the audit log that were kept elsewhere.
  let sent: [SentAuditHead]?

  private var manifest: BackupManifest { backup.manifest }
  private var now: Timestamp { Surroundings.system.now() }

  // MARK: Into an empty place

  func adopt(sharedWith group: UInt32?, keysInput: String?, withoutKeys: Bool) throws -> RestoreOutcome {
    let text = try keysInput.map { try KeyText($0) }
    let missing = try RestoredKeys(manifest).missing(from: location, text)
    if !missing.isEmpty, !withoutKeys {
      throw BackupTrouble.keysMissing(file: backup.name, keys: missing)
    }
    var notes = missing.isEmpty ? [] : ["keys that are not there: " + missing.joined(separator: ", ")]
    try Engine.adopt(
      location, sharedWith: group, now: now,
      fill: { database, uses in
        try fill(database)
        try backup.takeUses(to: uses)
      },
      furnish: { folder, store in
        let keys = try keys(in: folder, text, sharedWith: group)
        try verify(store, keys)
        notes += try record(store, keys, UnixIdentity.making.maker(.commandLine))
      })
    return outcome(replaced: nil, kept: nil, notes)
  }

  /// The keys that the restored store is used with; those of the text are made where the store looks for them.
  private func keys(in folder: String, _ text: KeyText?, sharedWith group: UInt32?) throws -> TokenKeys {
    let place =
      location.keyPlace == .inStore
      ? KeyFolder(path: folder + "/keys", checksRights: location.keys.checksRights) : location.keys
    if let text, !text.isIn(place) {
      guard location.keyPlace != .credentials else {
        throw Trouble(
          "systemd's credentials can't be written", hint: "name a folder with --keys", exitStatus: .usage)
      }
      try place.create(from: text.text, named: text.name, sharedWith: group)
    }
    return try place.loadIfThere() ?? .ephemeralWithoutAudit
  }

  // MARK: In place of what is there

  func replace(withoutKeys: Bool, yes: Bool) throws -> RestoreOutcome {
    let administration = try openPresent()
    try checkOwner()
    try administration.requireRestore()
    let id = try administration.storeID()
    guard id.rawValue == manifest.store else {
      throw BackupTrouble.otherStore(file: backup.name, its: manifest.store, present: id.rawValue)
    }
    let missing = try RestoredKeys(manifest).missing(from: location, nil)
    if !missing.isEmpty, !withoutKeys {
      throw BackupTrouble.keysMissing(file: backup.name, keys: missing)
    }
    let bar = ProgressBar("replacing")
    defer { bar.finish() }
    var confirmed: String?
    for attempt in 1... {
      do {
        return try replace(administration, bar) { outlook in
          if outlook.basis != confirmed { try confirm(outlook, yes: yes) }
          confirmed = outlook.basis
        }
      } catch is ChangedMeanwhile where attempt < Self.mostAttempts { continue }
    }
    throw ChangedMeanwhile()
  }

  /// Others may write while this is prepared: then it is prepared anew.
  private static let mostAttempts = 5

  /// Somebody changed the store between its being looked at and its being replaced.
  private struct ChangedMeanwhile: Complaint {
    var message: String { "others change the store all the time, so that it was not replaced" }
    var hint: String? { "nothing was changed; try again" }
    var exitStatus: ExitStatus { .unavailable }
  }

  private func replace(
    _ administration: Administration, _ bar: ProgressBar, confirm: (RestoreOutlook) throws -> Void
  ) throws -> RestoreOutcome {
    let rollback = try Rollback(manifest, administration).text
    var notes: [String] = []
    var replaced: ReplacedState?
    let kept = try Engine.replaceContents(
      location, now: now, fill: { try fill($0) },
      furnish: { store in
        try verify(store, try location.trustedKeys.load())
        let (outlook, state) = try store.read {
          try administration.restoreOutlook(of: backup.identity, rollback: rollback, restored: $0)
        }
        try administration.requireRestore(doing: outlook)
        bar.finish()
        try confirm(outlook)
        replaced = state
        notes = outlook.lines
        let actor = administration.operating.actor
        let restorer = Operator(actor: actor, standing: .fixed(.administrator), ownsStore: true)
        notes += try record(store, try location.trustedKeys.load(), restorer, replacing: state, outlook)
      },
      check: { reader in
        guard try reader.fullHead() == replaced?.head else { throw ChangedMeanwhile() }
      },
      progress: { bar.tell($0, of: $1) })
    return outcome(replaced: replaced?.head, kept: kept, notes)
  }

  private func openPresent() throws -> Administration {
    do { return try location.open() } catch let error as StoreError {
      switch error {
      case .corrupt, .foreign:
        throw Trouble(
          error.message,
          hint:
            "what can't be opened can't be replaced: move its folder away, and restore into an empty place",
          exitStatus: error.exitStatus)
      // A store that is whole stays where it is: a full disk or a busy writer is no reason to move it away.
      default: throw error
      }
    }
  }

  private func checkOwner() throws(Trouble) {
    guard geteuid() == 0 || geteuid() == Engine.owner(location) else {
      throw Trouble(
        "the store at \(excerpt(location.folder)) is not this account's", hint: "run it as its owner",
        exitStatus: .notPermitted)
    }
  }

  private func confirm(_ outlook: RestoreOutlook, yes: Bool) throws(Trouble) {
    if yes { return }
    for line in outlook.lines { Asking.say(line) }
    guard Asking.canAsk, Asking.yes("replace what the store at \(location.folder) holds?") else {
      throw Trouble("nothing was changed", hint: "add --yes where there is no terminal", exitStatus: .usage)
    }
  }

  // MARK: Both

  /// Takes the database out of the backup, and looks it through.
  private func fill(_ database: String) throws {
    let bar = ProgressBar("taking it out")
    try backup.takeDatabase(to: database) { bar.tell($0, of: $1) }
    bar.finish()
    let found = try Engine.identify(copy: database)
    guard found.version == manifest.schemaVersion, found.store?.rawValue == manifest.store else {
      throw BackupTrouble.damaged(file: backup.name, what: "its database is another than its manifest tells")
    }
    if let damage = try Engine.damages(ofCopy: database).first {
      throw BackupTrouble.damaged(file: backup.name, what: "in its database, \(damage)")
    }
  }

  /// Compares the audit log with all that is known of it; its end is returned.
  @discardableResult
  private func verify(_ store: any Store, _ keys: TokenKeys) throws -> AuditHead {
    let administration = restored(store, keys, UnixIdentity.making.maker(.commandLine))
    let found = try administration.verifyAudit(against: sent)
    for finding in found.findings {
      // That later rows were sent is what a rollback is.
      if case .headBeyond = finding, sent != nil { continue }
      throw BackupTrouble.otherHistory(file: backup.name, detail: finding.text)
    }
    guard let head = found.last ?? found.checkpoint, BackupManifest.Head(head) == manifest.head else {
      throw BackupTrouble.damaged(
        file: backup.name, what: "its audit log ends elsewhere than its manifest tells")
    }
    return head
  }

  /// Records the restoring; what there is to say.
  private func record(
    _ store: any Store, _ keys: TokenKeys, _ restorer: Operator, replacing: ReplacedState? = nil,
    _ outlook: RestoreOutlook? = nil
  ) throws -> [String] {
    guard let head = manifest.head.head else { return [] }
    try restored(store, keys, restorer).recordRestore(
      RestoredFrom(
        head: head, madeAt: manifest.madeAt, sha256: backup.sha256, replaced: replacing, outlook: outlook))
    return SentHeads.words(sent, restoredTo: head)
  }

  private func restored(_ store: any Store, _ keys: TokenKeys, _ restorer: Operator) -> Administration {
    Administration(store: store, keys: keys, operating: restorer, surroundings: .announcing)
  }

  private func outcome(replaced: AuditHead?, kept: String?, _ notes: [String]) -> RestoreOutcome {
    RestoreOutcome(
      store: location.folder, id: manifest.store, madeAt: manifest.madeAt, row: manifest.head.row,
      replacedRow: Nullable(replaced?.sequence), kept: Nullable(kept), notes: notes)
  }
}
