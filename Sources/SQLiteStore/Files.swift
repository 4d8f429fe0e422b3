internal import Glibc
internal import Store

/// The calls to the file system that the engine needs. They follow symbolic links.
enum Files {
  enum Kind { case missing, folder, file, other }

  static func kind(of path: String) throws -> Kind {
    var status = stat()
    guard stat(path, &status) == 0 else {
      switch errno {
      case ENOENT, ENOTDIR: return .missing
      case let code: throw failure(code, path, action: "open")
      }
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return .folder
    case S_IFREG: return .file
    default: return .other
    }
  }

  /// The identity of a file, whatever path leads to it.
  struct Identity: Hashable, Sendable {
    let device: dev_t
    let inode: ino_t
  }

  static func identity(of path: String) throws -> Identity? {
    var status = stat()
    if stat(path, &status) == 0 { return Identity(device: status.st_dev, inode: status.st_ino) }
    switch errno {
    case ENOENT, ENOTDIR: return nil
    case let code: throw failure(code, path, action: "open")
    }
  }

  /// The identity of an open file.
  static func identity(ofOpen descriptor: Int32) -> Identity? {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Identity(device: status.st_dev, inode: status.st_ino) : nil
  }

  /// The rights and the owner of a file or folder; nil where there is none.
  static func rights(of path: String) -> (mode: mode_t, owner: uid_t, group: gid_t)? {
    var status = stat()
    return stat(path, &status) == 0 ? (status.st_mode & 0o7777, status.st_uid, status.st_gid) : nil
  }

  static func size(of path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  /// The number of bytes that an account without privileges may still write to the file system; nil where it
  /// is not known.
  static func freeBytes(at path: String) -> Int? {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return nil }
    return Int(
      clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue)
  }

  static func isReadable(_ path: String) -> Bool { access(path, R_OK) == 0 }
  static func isWritable(_ path: String) -> Bool { access(path, W_OK) == 0 }

  /// Makes a folder that only its owner may enter, and the missing folders above it.
  static func makeFolder(_ path: String) throws {
    if mkdir(path, 0o700) == 0 { return }
    if errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try makeFolder(String(path[..<slash]))
      if mkdir(path, 0o700) == 0 { return }
    }
    if errno == EEXIST, try kind(of: path) == .folder { return }
    throw failure(errno, path, action: "make")
  }

  /// Makes an empty file with this mode, whatever the umask, where there is no file.
  static func makeFile(_ path: String, mode: mode_t = 0o600) throws {
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure(errno, path, action: "make") }
    defer { close(descriptor) }
    guard mode == 0o600 || fchmod(descriptor, mode) == 0 else { throw failure(errno, path, action: "make") }
  }

  /// Opens an empty file beside a store's database for everybody who may write the database, and makes the
  /// file where it is missing. The result is nil where the file can't be made.
  static func openCompanion(_ path: String, in folder: StoreFolder) -> Int32? {
    let flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW
    let found = open(path, flags)
    if found >= 0 { return found }
    let mode: mode_t = folder.isShared ? 0o660 : 0o600
    guard errno == ENOENT else { return nil }
    let made = open(path, flags | O_CREAT | O_EXCL, mode)
    guard made >= 0 else {
      guard errno == EEXIST else { return nil }
      // Another process has made the file in the meantime.
      let found = open(path, flags)
      return found >= 0 ? found : nil
    }
    // The mode must not depend on the umask, nor the owner on who came first: a file of root's would keep
    // the store's owner out.
    fchmod(made, mode)
    if geteuid() == 0, let owner = folder.owner { fchown(made, owner, folder.sharingGroup ?? gid_t.max) }
    return made
  }

  /// Makes an empty file where there is none. Another process may have made it first, which is as good.
  static func ensureFile(_ path: String, mode: mode_t) throws {
    guard try kind(of: path) == .missing else { return }
    do { try makeFile(path, mode: mode) } catch StoreError.exists {}
  }

  /// Gives a file or folder to a group, with this mode.
  static func share(_ path: String, with group: gid_t, mode: mode_t) throws {
    guard chown(path, uid_t.max, group) == 0, chmod(path, mode) == 0 else {
      throw failure(errno, path, action: "give the group")
    }
  }

  static func rename(_ path: String, to target: String) throws {
    guard Glibc.rename(path, target) == 0 else { throw failure(errno, target, action: "make") }
  }

  /// Whether an empty folder could be replaced by a rename: the folder belongs to this account, is shared
  /// with nobody, and is not a mount point (rename(2)).
  static func isReplaceable(_ path: String) -> Bool {
    var (status, parent) = (stat(), stat())
    guard stat(path, &status) == 0, stat(path + "/..", &parent) == 0, status.st_dev == parent.st_dev else {
      return false
    }
    return status.st_uid == geteuid() && status.st_mode & 0o2077 == 0 && isWritable(path + "/..")
  }

  /// Waits until a file's content is on disk.
  static func sync(file path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(errno, path, action: "open") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure(errno, path, action: "write") }
  }

  /// Locks a folder against others who ask for the same lock, until the result is closed or this process ends
  /// (flock(2)). The result is nil where another process has the lock.
  static func lock(folder path: String) throws -> Int32? {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(errno, path, action: "open") }
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return descriptor }
    close(descriptor)
    return nil
  }

  static func unlock(_ descriptor: Int32) {
    // A child process that another thread is starting has the open file for a moment, and with it the lock.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  static func remove(_ path: String) { unlink(path) }

  /// Waits until the list of a folder's files is on disk.
  static func sync(folder path: String) throws {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(errno, path, action: "open") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure(errno, path, action: "write") }
  }

  static func names(in folder: String) throws -> [String] {
    guard let stream = opendir(folder) else { throw failure(errno, folder, action: "open") }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Removes a folder with everything in it, as far as that is possible.
  static func removeFolder(_ path: String) {
    for name in (try? names(in: path)) ?? [] {
      let inner = path + "/" + name
      if unlink(inner) != 0 { removeFolder(inner) }
    }
    rmdir(path)
  }

  private static func failure(_ code: Int32, _ path: String, action: String) -> StoreError {
    switch code {
    case EACCES, EPERM: .notAllowed(path: path, action: action)
    case EROFS: .readOnly(path: path)
    case ENOSPC, EDQUOT: .diskFull(path: path)
    case EEXIST, ENOTEMPTY: .exists(path: path)
    default: .inputOutput(path: path, detail: String(cString: strerror(code)).lowercased())
    }
  }
}
