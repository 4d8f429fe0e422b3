private import Glibc
internal import Synchronization

/// Counts the open connections up to a bound. Any thread may use it.
final class ConnectionRoom: Sendable {
  let bound: Int
  private let open = Atomic<Int>(0)
  private let pauses = Atomic<Int>(0)
  /// Whether somebody waits for room.
  private let isAwaited = Atomic<Bool>(false)
  /// The end of a pipe that is readable once there is room again.
  let wakeDescriptor: Int32
  private let waker: Int32

  /// Errors: ``SystemError`` where there is no descriptor left.
  init(bound: Int) throws(SystemError) {
    self.bound = bound
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw SystemError(code: errno) }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    (wakeDescriptor, waker) = (ends[0], ends[1])
  }

  deinit {
    close(wakeDescriptor)
    close(waker)
  }

  var count: Int { open.load(ordering: .relaxed) }
  var isFull: Bool { count >= bound }

  /// Whether there is room. Where there is none, the next connection that ends wakes the caller.
  func hasRoom() -> Bool {
    if open.load(ordering: .sequentiallyConsistent) < bound { return true }
    isAwaited.store(true, ordering: .sequentiallyConsistent)
    return open.load(ordering: .sequentiallyConsistent) < bound
  }

  func enter() { open.add(1, ordering: .sequentiallyConsistent) }

  func leave() {
    open.subtract(1, ordering: .sequentiallyConsistent)
    if isAwaited.exchange(false, ordering: .sequentiallyConsistent) { wake() }
  }

  /// Wakes the caller. A full pipe wakes as well, so an error doesn't matter.
  func wake() {
    var byte: UInt8 = 0
    _ = write(waker, &byte, 1)
  }

  /// Empties the pipe after the wake-up.
  func calm() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(wakeDescriptor, &bytes, bytes.count) > 0 {}
  }

  func countPause() { pauses.add(1, ordering: .relaxed) }
  /// The number of reports that connections wait.
  var pauseCount: Int { pauses.load(ordering: .relaxed) }
}
