import Foundation

/// The name of a Unix socket in the file system: it always leads to one who listens. A gate that starts binds a name
/// of its own beside it and renames that over it; one that stops takes the name away only where it still is its own.
struct SocketPath {
  let path: String
  private let identity: Identity

  /// Which file a name leads to (stat(2)).
  struct Identity: Equatable {
    let device: UInt64
    let number: UInt64

    /// Nil where there is none.
    init?(_ path: String) {
      var status = stat()
      guard lstat(path, &status) == 0 else { return nil }
      device = UInt64(status.st_dev)
      number = UInt64(status.st_ino)
    }
  }

  /// Where a socket is bound before it gets its name: short, since no such path may have more than 107 bytes.
  static func temporaryPath(beside path: String) -> String {
    (path as NSString).deletingLastPathComponent + "/.\(getpid())"
  }

  /// Gives a socket its name, in place of whatever socket has it. Nil, with errno, where that fails.
  static func renamed(_ temporary: String, to path: String) -> SocketPath? {
    withFolderLocked(of: path) {
      guard let identity = Identity(temporary), rename(temporary, path) == 0 else { return nil }
      return SocketPath(path: path, identity: identity)
    }
  }

  /// Takes the name away where it still leads to this socket.
  func remove() {
    Self.withFolderLocked(of: path) {
      if Identity(path) == identity { unlink(path) }
    }
  }

  /// Between the look and the removal no other gate may rename its socket. Whoever else holds the lock is waited for
  /// one second only: a lock is anybody's who may look into the folder.
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
