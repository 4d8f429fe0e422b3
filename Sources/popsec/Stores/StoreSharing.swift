import Access
import Administration
import CPlatform
import Foundation
import Sealing

/// Shares a store of one account with a Unix group, and gives the store to another account where root asks
/// for that. The files then have the rights that `popsec init --group` would have given them.
struct StoreSharing {
  /// The store's folder; nil for a store in a database, of which only the keys are files.
  let folder: String?
  /// The folder of the keys.
  let keys: String
  let group: gid_t
  /// The account that is to own the store; nil where its owner stays.
  let owner: uid_t?

  init(_ location: StoreLocation, group: gid_t, owner: uid_t?) {
    if case .folder(let path) = location.place { folder = path } else { folder = nil }
    (keys, self.group, self.owner) = (location.keys.path, group, owner)
  }

  /// Shares a store that people use already: the audit log tells who did so.
  func carryOut(recordedIn administration: Administration, group name: String) throws {
    try administration.change { change in
      try change.requireAdministrator(to: "share the store")
      try change.recordStore("share", AuditDetails("group", after: name))
    }
    try carryOut()
  }

  /// Whether the folders, the database and the keys are the owner's and the group's already. Other files may belong to
  /// whichever member of the group made them.
  func isDone() throws(Trouble) -> Bool {
    let keyFiles = try names(in: keys).map { keys + "/" + $0 }
    let ofStore = folder.map { [$0, $0 + "/popsec.db"] } ?? []
    return (ofStore + [keys] + keyFiles).allSatisfy { path in
      var status = stat()
      return lstat(path, &status) == 0 && status.st_gid == group && owner.map { $0 == status.st_uid } ?? true
    }
  }

  /// Errors: ``Trouble`` where something in the folders can't be given away. The rights of earlier files are
  /// changed by then. Running it again continues the work.
  func carryOut() throws(Trouble) {
    if let folder {
      try give(folder, mode: 0o2770)
      for name in try names(in: folder) where name != "keys" {
        try give(folder + "/" + name, mode: mode(of: name))
      }
    }
    try give(keys, mode: 0o750)
    for name in try names(in: keys) { try give(keys + "/" + name, mode: keyMode(of: name)) }
  }

  /// The mode of a file. The group uses the databases; copies beside them are only for the owner.
  private func mode(of name: String) -> mode_t {
    let isDatabase = ["popsec.db", "gate.db"].contains {
      [$0, $0 + "-wal", $0 + "-shm", $0 + "-queue", $0 + "-reserve"].contains(name)
    }
    return isDatabase || ["gate.lock", DecoySignal.name].contains(name) ? 0o660 : 0o600
  }

  /// The mode of a key. The group looks up tokens, recognizes decoys and checks signatures. Keys that open Token IDs or sign are
  /// only for the owner.
  private func keyMode(of name: String) -> mode_t {
    name.hasPrefix("lookup") || name.hasPrefix("audit-public") || name == "decoys" ? 0o640 : 0o600
  }

  private func names(in folder: String) throws(Trouble) -> [String] {
    do { return try FileManager.default.contentsOfDirectory(atPath: folder).sorted() } catch {
      throw trouble(folder, systemReason(errno))
    }
  }

  private func give(_ path: String, mode: mode_t) throws(Trouble) {
    // Folders in which the group needs nothing stay accessible only to their owner.
    let folderMode = mode & 0o111 == 0 ? 0o700 : mode
    let problem = popsec_give(path, owner ?? uid_t.max, group, mode, folderMode)
    if problem != 0 { throw trouble(path, systemReason(problem)) }
  }

  private func trouble(_ path: String, _ reason: String) -> Trouble {
    Trouble(
      "\(excerpt(path)) can't be given to the group: \(reason)",
      hint: "run it as root, or as the store's owner and a member of the group", exitStatus: .notPermitted)
  }
}
