import Access
import Administration
import Foundation
import Store

/// Makes a backup of a store: copied while others write, looked through, and only then given its name.
struct BackupWriter {
  let location: StoreLocation
  let administration: Administration
  /// The file that is to be made; it must not be there.
  let path: String

  /// `record` is told of the backup when it is whole, and before it has its name; where it throws, nothing is
  /// left.
  func write(
    withProgress: (_ label: String, _ body: ((Int, Int) -> Void) throws -> Void) throws -> Void,
    record: (BackupFile) throws -> Void
  ) throws -> BackupFile {
    try checkFree()
    let unfinished = path + ".part-" + String(UInt32.random(in: .min ... .max), radix: 36)
    let uses = unfinished + "-gate"
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
    // What is on the disk is what was meant.
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

  /// The store is what must not be lost: what gates recorded may be missing, and is said to be.
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
      throw StoreError.corrupt(path: location.folder, detail: damage)
    }
    guard let store else { throw StoreError.foreign(path: path) }
    let contents = try Engine.read(copy: path) {
      try BackupContents($0, at: location.folder, verifiedBy: administration) { _ in }
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

  /// A file that came there meanwhile is not overwritten: link(2) refuses.
  private func giveName(_ unfinished: String) throws {
    if link(unfinished, path) != 0 {
      guard errno != EEXIST else { throw occupied }
      // A file system without links.
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
