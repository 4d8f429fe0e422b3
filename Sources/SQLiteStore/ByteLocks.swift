internal import Glibc

/// An open file with locks on single bytes. The locks count between all open files, even within this process.
/// They end when this object is dropped, and with the process (fcntl(2), open file description locks).
final class ByteLocks {
  private let descriptor: Int32

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// F_OFD_GETLK and F_OFD_SETLK of fcntl.h, which Swift does not import.
  private static let getCommand: Int32 = 36
  private static let setCommand: Int32 = 37

  deinit {
    // A child process that another thread is starting has the open file until it becomes another program. Closing alone
    // would leave it the locks for so long.
    _ = set(F_UNLCK, 0...off_t.max)
    close(descriptor)
  }

  func lock(_ byte: off_t) -> Bool { set(F_WRLCK, byte) }

  func unlock(_ byte: off_t) { _ = set(F_UNLCK, byte) }

  private func set(_ type: Int32, _ byte: off_t) -> Bool { set(type, byte...byte) }

  private func set(_ type: Int32, _ range: ClosedRange<off_t>) -> Bool {
    var request = request(type, range)
    return fcntl(descriptor, Self.setCommand, &request) == 0
  }

  /// The first range that another open file has locked and that touches the given one; nil where none does.
  func firstHeld(_ range: ClosedRange<off_t>) -> ClosedRange<off_t>? {
    var request = request(F_WRLCK, range)
    guard fcntl(descriptor, Self.getCommand, &request) == 0, request.l_type != F_UNLCK else { return nil }
    // A length of zero means that the lock has no end.
    return request.l_start...(request.l_len == 0 ? off_t.max : request.l_start + request.l_len - 1)
  }

  func firstHeld(_ range: PartialRangeFrom<off_t>) -> ClosedRange<off_t>? {
    firstHeld(range.lowerBound...off_t.max)
  }

  private func request(_ type: Int32, _ range: ClosedRange<off_t>) -> flock {
    var request = flock()
    request.l_type = Int16(type)
    request.l_whence = Int16(SEEK_SET)
    request.l_start = range.lowerBound
    // A length of zero means that the lock has no end.
    request.l_len = range.upperBound == off_t.max ? 0 : range.upperBound - range.lowerBound + 1
    return request
  }
}
