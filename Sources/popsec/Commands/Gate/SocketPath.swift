import Foundation

/// The name of a Unix socket in the file system, which always leads to a listening process. A gate that
/// starts binds a temporary name beside it, and renames that. A gate that stops removes the name only where
/// it still leads to its own socket.
struct SocketPath {
  let path: String
  private let identity: Identity

  /// The file to which a name leads (stat(2)).
  struct Identity: Equatable {
    let device: UInt64
    let number: UInt64

    /// Fails where there is no file.
    init?(_ path: String) {
      var status = stat()
      guard lstat(path, &status) == 0 else { return nil }
      device = UInt64(status.st_dev)
      number = UInt64(status.st_ino)
    }
  }

  /// The temporary name. It is short, because the path of a socket may have at most 107 bytes.
  static func temporaryPath(beside path: String) -> String {
    (path as NSString).deletingLastPathComponent + "/.\(getpid())"
  }

  /// Gives a socket its name, in place of any socket that has it. Where that fails the result is nil, and
  /// errno is set.
  static func renamed(_ temporary: String, to path: String) -> SocketPath? {
    withFolderLocked(of: path) {
      guard let identity = Identity(temporary), rename(temporary, path) == 0 else { return nil }
      return SocketPath(path: path, identity: identity)
    }
  }

  /// Removes the name if it still leads to this socket.
  func remove() {
    Self.withFolderLocked(of: path) {
      if Identity(path) == identity { unlink(path) }
    }
  }

  /// Prevents other gates from renaming their sockets between the look and the removal. The lock is waited
  /// for only one second, because anybody who may read the folder can hold it.
  private static func withFolderLocked<Result>(of path: String, _ body: () -> Result) -> Result {
    let folder = open((path as NSString).deletingLastPathComponent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { if folder >= 0 { close(folder) } }
    for _ in 0..<100 where folder >= 0 {
      if flock(folder, LOCK_EX | LOCK_NB) == 0 { break }
      usleep(10_000)
    }
    let result = body()
    let code = errno
    defer { errno = code }
    return result
  }
}
