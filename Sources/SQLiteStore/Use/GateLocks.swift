internal import Access
private import Glibc
internal import Store
private import Synchronization

/// Locks on bytes of the empty file gate.lock. SQLite's own files can't be used, because closing one of them
/// would drop SQLite's locks (fcntl(2), F_SETLK). The locks belong to an open file, and end with the process,
/// however it ends (fcntl(2), open file description locks).
///
/// A gate holds the byte whose number is its id. A process that makes gate.db or sets it aside holds byte 0.
final class GateLocks: Sendable {
  private let path: String
  private let mode: mode_t
  private let held = Mutex<[Identifier<GatePresence>: Held]>([:])

  private struct Held {
    let descriptor: Int32
    let file: Files.Identity
  }

  init(_ folder: StoreFolder) {
    path = folder.path + "/gate.lock"
    mode = folder.isShared ? 0o660 : 0o600
  }

  deinit { held.withLock { for lock in $0.values { close(lock.descriptor) } } }

  /// The commands of <fcntl.h> on Linux, which glibc shows only to programs with _GNU_SOURCE.
  private static let getLock: Int32 = 36
  private static let setLock: Int32 = 37

  private enum Span {
    case making
    case gate(Identifier<GatePresence>)
    case anyGate

    func lock(_ type: Int32) -> flock {
      var lock = flock()
      lock.l_type = Int16(type)
      lock.l_whence = Int16(SEEK_SET)
      switch self {
      case .making: (lock.l_start, lock.l_len) = (0, 1)
      case .gate(let id): (lock.l_start, lock.l_len) = (off_t(id.rawValue), 1)
      // A length of zero means that the lock has no end.
      case .anyGate: (lock.l_start, lock.l_len) = (1, 0)
      }
      return lock
    }
  }

  // MARK: Gates

  /// Holds the byte of a gate until it is released or this process ends.
  func hold(_ id: Identifier<GatePresence>) throws {
    try held.withLock { held in
      if let lock = held[id], try Files.identity(of: path) == lock.file { return }
      if let lost = held.removeValue(forKey: id) { close(lost.descriptor) }
      let descriptor = try opened()
      var lock = Span.gate(id).lock(F_WRLCK)
      guard fcntl(descriptor, Self.setLock, &lock) == 0, let file = Files.identity(ofOpen: descriptor) else {
        close(descriptor)
        throw StoreError.busy(path: path, writer: nil)
      }
      held[id] = Held(descriptor: descriptor, file: file)
    }
  }

  func release(_ id: Identifier<GatePresence>) {
    if let lock = held.withLock({ $0.removeValue(forKey: id) }) { close(lock.descriptor) }
  }

  /// Whether the gate holds its byte; nil where that is not known.
  func isHeld(_ id: Identifier<GatePresence>) -> Bool? { isHeld(.gate(id)) }

  /// Whether a gate that holds its byte is running; nil where that is not known.
  func isAnyHeld() -> Bool? { isHeld(.anyGate) }

  private func isHeld(_ span: Span) -> Bool? {
    // This needs an open file of its own, because locks of the same open file don't conflict.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return errno == ENOENT ? false : nil }
    defer { close(descriptor) }
    var lock = span.lock(F_WRLCK)
    guard fcntl(descriptor, Self.getLock, &lock) == 0 else { return nil }
    return lock.l_type != Int16(F_UNLCK)
  }

  // MARK: Making

  /// Runs the body while no other process does. Where the lock can't be had, or not within 5 seconds, the
  /// body runs without it. The body must therefore tolerate others, which are mostly absent.
  func whileMaking<Result>(_ body: () throws -> Result) rethrows -> Result {
    let descriptor = try? opened()
    defer { if let descriptor { close(descriptor) } }
    if let descriptor {
      for _ in 0..<500 {
        var lock = Span.making.lock(F_WRLCK)
        if fcntl(descriptor, Self.setLock, &lock) == 0 || (errno != EAGAIN && errno != EACCES) { break }
        usleep(10_000)
      }
    }
    return try body()
  }

  private func opened() throws -> Int32 {
    try Files.ensureFile(path, mode: mode)
    let descriptor = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { throw StoreError.notAllowed(path: path, action: "open") }
    return descriptor
  }
}
