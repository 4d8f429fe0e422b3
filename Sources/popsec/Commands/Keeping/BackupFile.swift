import Access
import Administration
import Foundation

/// A backup as a file: the copied database, the records of gates, and the manifest.
struct BackupFile {
  let path: String
  let manifest: BackupManifest
  let byteCount: Int
  /// The SHA-256 of the whole file.
  let sha256: String

  private static let pieceByteCount = 1_048_576

  var name: String { excerpt(path) }

  var restorable: RestorableBackup { RestorableBackup(name: name, manifest: manifest, sha256: sha256) }

  // MARK: Reading

  /// Opens a backup, after checking that every byte is as it was written.
  ///
  /// Errors: ``BackupTrouble``, ``Trouble``.
  static func open(_ path: String, progress: (Int, Int) -> Void) throws -> BackupFile {
    try InputFile(path: path).withDescriptor { descriptor in
      let name = excerpt(path)
      let size = try size(of: descriptor, named: name)
      let manifest = try manifest(descriptor, size, named: name)
      var whole = FileDigest()
      var start = 0
      let parts = [("database", manifest.database), ("gates' records", manifest.uses)]
      for (what, part) in parts {
        guard let part else { continue }
        var digest = FileDigest()
        try pieces(descriptor, start..<start + part.byteCount, named: name) { bytes in
          digest.add(bytes)
          whole.add(bytes)
          start += bytes.count
          progress(start, size)
        }
        guard digest.digits == part.sha256 else {
          throw BackupTrouble.damaged(file: name, what: "the \(what) in it is not what was written")
        }
      }
      try pieces(descriptor, start..<size, named: name) { whole.add($0) }
      return BackupFile(path: path, manifest: manifest, byteCount: size, sha256: whole.digits)
    }
  }

  private static func size(of descriptor: Int32, named name: String) throws -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw BackupTrouble.notABackup(file: name)
    }
    return Int(status.st_size)
  }

  private static func manifest(
    _ descriptor: Int32, _ size: Int, named name: String
  ) throws -> BackupManifest {
    let lineLength = BackupManifest.lastLineByteCount
    let end = try bytes(descriptor, max(0, size - lineLength)..<size, named: name)
    guard let line = BackupManifest.lastLine(end) else {
      let start = try bytes(descriptor, 0..<min(16, size), named: name)
      let isCut = start.starts(with: Array("SQLite format 3".utf8))
      throw isCut ? BackupTrouble.truncated(file: name) : .notABackup(file: name)
    }
    let manifestEnd = size - lineLength
    guard line.byteCount <= min(manifestEnd, pieceByteCount),
      let manifest = BackupManifest(
        try bytes(descriptor, manifestEnd - line.byteCount..<manifestEnd, named: name), sha256: line.sha256)
    else { throw BackupTrouble.damaged(file: name, what: "its manifest is not what was written") }
    let databases = manifest.database.byteCount + (manifest.uses?.byteCount ?? 0)
    guard databases == manifestEnd - line.byteCount else {
      throw BackupTrouble.damaged(file: name, what: "something was cut out of it, or put in")
    }
    return manifest
  }

  // MARK: Taking out

  /// Writes the copied database into an existing empty file. Its bytes are compared once more.
  func takeDatabase(to path: String, progress: (Int, Int) -> Void = { _, _ in }) throws {
    try take(0..<manifest.database.byteCount, manifest.database, to: path, progress)
  }

  /// Writes the records of gates into a new file, where the backup has them.
  func takeUses(to path: String) throws {
    guard let part = manifest.uses else { return }
    let start = manifest.database.byteCount
    try take(start..<start + part.byteCount, part, to: path) { _, _ in }
  }

  private func take(
    _ range: Range<Int>, _ part: BackupManifest.Part, to target: String, _ progress: (Int, Int) -> Void
  ) throws {
    let file = try FileAppender(target)
    defer { file.close() }
    try InputFile(path: path).withDescriptor { descriptor in
      var digest = FileDigest()
      var done = 0
      try Self.pieces(descriptor, range, named: name) { bytes in
        digest.add(bytes)
        try file.append(bytes)
        done += bytes.count
        progress(done, range.count)
      }
      guard digest.digits == part.sha256 else {
        throw BackupTrouble.damaged(file: name, what: "it was changed while it was read")
      }
    }
    try file.sync()
  }

  private static func bytes(_ descriptor: Int32, _ range: Range<Int>, named name: String) throws -> [UInt8] {
    var all: [UInt8] = []
    try pieces(descriptor, range, named: name) { all += $0 }
    return all
  }

  /// Errors: ``BackupTrouble/truncated(file:)`` where the file ends too early.
  static func pieces(
    _ descriptor: Int32, _ range: Range<Int>, named name: String,
    _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var buffer = [UInt8](repeating: 0, count: min(pieceByteCount, max(1, range.count)))
    var start = range.lowerBound
    while start < range.upperBound {
      let count = pread(descriptor, &buffer, min(buffer.count, range.upperBound - start), off_t(start))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw InputFile(path: name).cannotBeRead(errno) }
      guard count > 0 else { throw BackupTrouble.truncated(file: name) }
      try buffer.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      start += count
    }
  }
}

/// A file that is extended at its end. It is made with mode 0600 where it is missing.
final class FileAppender {
  private let path: String
  private let descriptor: Int32

  init(_ path: String) throws(Trouble) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw Self.problem(path, errno) }
  }

  func append(_ bytes: UnsafeRawBufferPointer) throws(Trouble) {
    var start = 0
    while start < bytes.count {
      let count = write(descriptor, bytes.baseAddress?.advanced(by: start), bytes.count - start)
      if count >= 0 { start += count } else if errno != EINTR { throw Self.problem(path, errno) }
    }
  }

  func sync() throws(Trouble) {
    guard fsync(descriptor) == 0 else { throw Self.problem(path, errno) }
  }

  func close() { Foundation.close(descriptor) }

  private static func problem(_ path: String, _ code: Int32) -> Trouble {
    Trouble(
      "\(excerpt(path)) can't be written: \(systemReason(code))",
      hint: code == ENOSPC || code == EDQUOT ? "make room and try again" : nil, exitStatus: .inputOutput)
  }
}
