import Access
import Administration
import Foundation
import Store

/// Makes a backup of a store. The store is copied while others write, the copy is verified, and only then it
/// gets its name.
struct BackupWriter {
  let location: StoreLocation
  let administration: Administration
  /// The path of the backup, where no file may exist yet.
  let path: String

  /// Writes the backup. `record` is called when the backup is complete, and before it has its name. Where
  /// `record` throws, nothing is left.
  func write(
    withProgress: (_ label: String, _ body: ((Int, Int) -> Void) throws -> Void) throws -> Void,
    record: (BackupFile) throws -> Void
  ) throws -> BackupFile {
    try checkFree()
    let unfinished = path + ".part-" + String(UInt32.random(in: .min ... .max), radix: 36)
    let uses = unfinished + "-gate"
    for file in [unfinished, uses] { Interruption.leaves(file) }
    defer { for file in [unfinished, uses] { unlink(file) } }
    try withProgress("copying") { progress in
      try Engine.copy(location, to: unfinished, now: administration.now, progress: progress)
    }
    let hasUses = try copyUses(to: uses)
    var contents: (version: Int, store: StoreID, BackupContents)?
    try withProgress("verifying") { _ in contents = try look(through: unfinished) }
    guard let contents else { throw BackupTrouble.notABackup(file: excerpt(unfinished)) }
    let manifest = BackupManifest(
      store: contents.store, schemaVersion: contents.version, madeAt: administration.now,
      popsec: Popsec.version, database: try part(unfinished), uses: hasUses ? try part(uses) : nil,
      contents: contents.2)
    try finish(unfinished, uses: hasUses ? uses : nil, manifest)
    // The file on the disk is read back and must be what was meant.
    var written: BackupFile?
    try withProgress("reading it again") { written = try BackupFile.open(unfinished, progress: $0) }
    guard let written, written.manifest == manifest else {
      throw BackupTrouble.damaged(file: excerpt(path), what: "it can't be read as it was written")
    }
    let backup = BackupFile(
      path: path, manifest: manifest, byteCount: written.byteCount, sha256: written.sha256)
    try record(backup)
    try giveName(unfinished)
    return backup
  }

  /// Copies the records of gates. They may be missing, and then the backup says so; only the store is
  /// indispensable.
  private func copyUses(to path: String) throws -> Bool {
    do { return try Engine.copyUses(location, to: path) } catch let trouble as UseTrouble {
      Asking.say("note: the backup is without what gates recorded: \(trouble.reason)")
      return false
    }
  }

  private func checkFree() throws(Trouble) {
    var status = stat()
    guard lstat(path, &status) != 0 else { throw occupied }
  }

  private var occupied: Trouble {
    Trouble(
      "\(excerpt(path)) is there already", hint: "files are never overwritten; name another",
      exitStatus: .cannotCreate)
  }

  private func look(through path: String) throws -> (Int, StoreID, BackupContents) {
    let (version, store) = try Engine.identify(copy: path)
    if let damage = try Engine.damages(ofCopy: path).first {
      throw StoreError.corrupt(path: location.text, detail: damage)
    }
    guard let store else { throw StoreError.foreign(path: path) }
    let contents = try Engine.read(copy: path) {
      try BackupContents($0, at: location.text, verifiedBy: administration) { _ in }
    }
    return (version, store, contents)
  }

  private func part(_ path: String) throws -> BackupManifest.Part {
    try InputFile(path: path).withDescriptor { descriptor in
      var status = stat()
      fstat(descriptor, &status)
      var digest = FileDigest()
      try BackupFile.pieces(descriptor, 0..<Int(status.st_size), named: excerpt(path)) { digest.add($0) }
      return BackupManifest.Part(byteCount: Int(status.st_size), sha256: digest.digits)
    }
  }

  private func finish(_ unfinished: String, uses: String?, _ manifest: BackupManifest) throws {
    let file = try FileAppender(unfinished)
    defer { file.close() }
    if let uses, let count = manifest.uses?.byteCount {
      try InputFile(path: uses).withDescriptor { descriptor in
        try BackupFile.pieces(descriptor, 0..<count, named: excerpt(uses)) { try file.append($0) }
      }
    }
    try manifest.trailer.withUnsafeBytes { try file.append($0) }
    try file.sync()
  }

  /// Gives the backup its name. link(2) refuses to overwrite a file that was made there in the meantime.
  private func giveName(_ unfinished: String) throws {
    if link(unfinished, path) != 0 {
      guard errno != EEXIST else { throw occupied }
      // The file system has no links.
      try checkFree()
      guard rename(unfinished, path) == 0 else {
        throw Trouble("\(excerpt(path)) can't be made: \(systemReason(errno))", exitStatus: .cannotCreate)
      }
    }
    let folder = open((path as NSString).deletingLastPathComponent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { close(folder) }
    guard folder >= 0, fsync(folder) == 0 else {
      throw Trouble("\(excerpt(path)) can't be kept: \(systemReason(errno))", exitStatus: .inputOutput)
    }
  }
}
