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
        notes += try furnish(store, keys, replacing: nil)
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
    let rollback = try Rollback(manifest, administration)
    try confirm(rollback.text, yes: yes)
    var notes = [rollback.text]
    var replaced: AuditHead?
    let bar = ProgressBar("replacing")
    defer { bar.finish() }
    let kept = try Engine.replaceContents(
      location, now: now, fill: { try fill($0) },
      furnish: { store in
        let present = try administration.presentState()
        notes += try furnish(
          store, try location.trustedKeys.load(),
          replacing: (head: present.head, generation: present.generation))
      },
      check: { reader in
        let head = try reader.auditHead().flatMap { try reader.auditRecord($0.sequence) }
        replaced = head.map { AuditHead(sequence: $0.sequence, hash: $0.hash, at: $0.at) }
      },
      progress: { bar.tell($0, of: $1) })
    return outcome(replaced: replaced, kept: kept, notes)
  }

  private func openPresent() throws -> Administration {
    do { return try location.open() } catch let complaint as any Complaint {
      throw Trouble(
        complaint.message,
        hint: "what can't be opened can't be replaced: move its folder away, and restore into an empty place",
        exitStatus: complaint.exitStatus)
    }
  }

  private func checkOwner() throws(Trouble) {
    guard geteuid() == 0 || geteuid() == Engine.owner(location) else {
      throw Trouble(
        "the store at \(excerpt(location.folder)) is not this account's", hint: "run it as its owner",
        exitStatus: .notPermitted)
    }
  }

  private func confirm(_ what: String, yes: Bool) throws(Trouble) {
    if yes { return }
    Asking.say(what)
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

  /// Compares the audit log with all that is known of it, and records the restoring; what there is to say.
  private func furnish(
    _ store: any Store, _ keys: TokenKeys, replacing: (head: AuditHead?, generation: Generation)?
  ) throws -> [String] {
    let administration = Administration(
      store: store, keys: keys, operating: restorer, surroundings: .announcing)
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
    try administration.recordRestore(
      RestoredFrom(
        head: head, madeAt: manifest.madeAt, sha256: backup.sha256, replaced: replacing?.head,
        replacedGeneration: replacing?.generation))
    return SentHeads.words(sent, restoredTo: head)
  }

  /// Who can write the store's files could do anything with them.
  private var restorer: Operator {
    let identity = UnixIdentity(storeOwner: getuid(), environment: Caller.current.environment)
    return Operator(
      actor: Actor(name: identity.name, frontEnd: .commandLine), standing: .fixed(.administrator),
      ownsStore: true)
  }

  private func outcome(replaced: AuditHead?, kept: String?, _ notes: [String]) -> RestoreOutcome {
    RestoreOutcome(
      store: location.folder, id: manifest.store, madeAt: manifest.madeAt, row: manifest.head.row,
      replacedRow: Nullable(replaced?.sequence), kept: Nullable(kept), notes: notes)
  }
}
