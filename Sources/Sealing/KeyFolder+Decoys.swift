package import Access
internal import Glibc

/// The file of decoys, which lies with the keys. Whoever reads the lookup key may read this file too, because gates
/// must recognize decoys.
extension KeyFolder {
  package var decoyFile: String { path + "/decoys" }
  private var lockFile: String { decoyFile + ".lock" }

  /// Every file that is kept for decoys.
  package var decoyFiles: [String] { [decoyFile, lockFile] }

  private static let maximumDecoyBytes = 4 << 20

  /// Errors: ``DecoyTrouble``. A missing file is an error, because it does not say that there are no decoys.
  package func decoys() throws(DecoyTrouble) -> DecoyList {
    let text: String
    do {
      if checksRights { try checkFolder() }
      text = try readSmallFile(decoyFile, tolerating: 0o040, atMost: Self.maximumDecoyBytes)
    } catch {
      switch error {
      case .missing: throw .missing(path: decoyFile)
      case .malformed: throw .malformed(path: decoyFile)
      default: throw .file(error)
      }
    }
    guard let list = DecoyList(text: text) else { throw .malformed(path: decoyFile) }
    return list
  }

  /// Tells one state of the file from another; nil where there is none.
  package var decoyStamp: DecoyStamp? {
    var status = stat()
    return stat(decoyFile, &status) == 0 ? DecoyStamp(status) : nil
  }

  /// Makes the file without decoys where there is none.
  ///
  /// Errors: ``DecoyTrouble``.
  package func makeDecoyFile() throws(DecoyTrouble) { try changeDecoys { $0 } }

  /// Adds a decoy.
  ///
  /// Errors: ``DecoyTrouble``.
  package func add(_ decoy: Decoy) throws(DecoyTrouble) {
    try changeDecoys { list throws(DecoyTrouble) in
      guard list.decoys.count < DecoyList.maximumCount else { throw .full }
      return list.adding(decoy)
    }
  }

  /// Takes a decoy out; false where there is none with this id.
  ///
  /// Errors: ``DecoyTrouble``.
  package func removeDecoy(_ id: DecoyID) throws(DecoyTrouble) -> Bool {
    var isThere = false
    try changeDecoys { list in
      isThere = list.decoys.contains { $0.id == id }
      return list.removing(id)
    }
    return isThere
  }

  /// Changes the list while no other process does. A reader sees the file before or after the change.
  private func changeDecoys(
    _ body: (DecoyList) throws(DecoyTrouble) -> DecoyList
  ) throws(DecoyTrouble) {
    let lock = try decoyLock()
    defer { close(lock) }
    var (list, isThere) = (DecoyList(), true)
    do { list = try decoys() } catch {
      guard case .missing = error else { throw error }
      isThere = false
    }
    let changed = try body(list)
    if isThere, changed == list { return }
    try write(changed)
  }

  /// Locks the decoys against other writers until the descriptor is closed. The lock has a file of its own, because the
  /// file of decoys is replaced, and the folder's lock is that of exchanges of keys, which take long.
  private func decoyLock() throws(DecoyTrouble) -> Int32 {
    let descriptor = open(lockFile, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw .notWritable(path: decoyFile, reason: systemReason(errno)) }
    var lookup = stat()
    // Root must not keep the owner of the keys from locking.
    if geteuid() == 0, stat(file(.lookup), &lookup) == 0 {
      _ = fchown(descriptor, lookup.st_uid, lookup.st_gid)
    }
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else {
        let reason = systemReason(errno)
        close(descriptor)
        throw .notWritable(path: decoyFile, reason: reason)
      }
    }
    return descriptor
  }

  /// Replaces the file. It has the owner and the rights of the lookup key.
  private func write(_ list: DecoyList) throws(DecoyTrouble) {
    guard let text = try? list.text() else {
      throw .notWritable(path: decoyFile, reason: "it can't be put into words")
    }
    let unfinished = decoyFile + ".part"
    do throws(SealingError) {
      // A process that was killed while it wrote may have left this file.
      unlink(unfinished)
      try writeNewFile(unfinished, Array(text.utf8))
      try shareLikeLookupKey(unfinished)
      guard rename(unfinished, decoyFile) == 0 else {
        throw SealingError.notWritable(path: decoyFile, reason: systemReason(errno))
      }
      try sync()
    } catch {
      unlink(unfinished)
      guard case .notWritable(_, let reason) = error else { throw .file(error) }
      throw .notWritable(path: decoyFile, reason: reason)
    }
  }

  private func shareLikeLookupKey(_ path: String) throws(SealingError) {
    var lookup = stat()
    guard stat(file(.lookup), &lookup) == 0 else { throw .missing(path: file(.lookup)) }
    let owner = geteuid() == 0 ? lookup.st_uid : uid_t.max
    guard chown(path, owner, lookup.st_gid) == 0, chmod(path, lookup.st_mode & 0o640) == 0 else {
      throw .notWritable(path: path, reason: systemReason(errno))
    }
  }
}

/// The identity, size and time of one state of the file of decoys.
package struct DecoyStamp: Hashable, Sendable {
  private let inode: UInt64
  private let size: Int64
  private let seconds: Int64
  private let nanoseconds: Int64

  init(_ status: stat) {
    inode = UInt64(status.st_ino)
    size = Int64(status.st_size)
    seconds = Int64(status.st_mtim.tv_sec)
    nanoseconds = Int64(status.st_mtim.tv_nsec)
  }
}
