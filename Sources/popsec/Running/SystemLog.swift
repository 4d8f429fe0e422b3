import Access
import Administration
import Foundation

/// The system's log by its socket, so that popsec can tell whether anything listens (RFC 3164, syslog(3)).
enum SystemLog {
  static let path = "/dev/log"
  /// The facility authpriv with the severity notice.
  private static let priority = 10 * 8 + 5

  static let announcer = HeadAnnouncer(isThere: { isThere }, send: { send($0) })
  /// The time for which a full log is waited for.
  private static let patienceMilliseconds: Int32 = 250

  /// Whether anything listens.
  static var isThere: Bool {
    guard let socket = connected() else { return false }
    close(socket)
    return true
  }

  /// Whether the log received the line. A line that a full log can't receive is lost there, and the next head
  /// covers it.
  private static func send(_ line: String) -> Bool {
    guard let socket = connected() else { return false }
    defer { close(socket) }
    var patience = timeval(tv_sec: 0, tv_usec: Int(patienceMilliseconds) * 1_000)
    setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    let datagram = Array("<\(priority)>popsec[\(getpid())]: \(line)".utf8)
    return Glibc.send(socket, datagram, datagram.count, Int32(MSG_NOSIGNAL)) == datagram.count
  }

  private static func connected() -> Int32? {
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let isConnected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
    if isConnected { return descriptor }
    close(descriptor)
    return nil
  }
}

extension Surroundings {
  /// The system's clock and random numbers, and its log for the heads of the audit log.
  static let announcing = Surroundings(
    now: system.now, makeTokenID: system.makeTokenID, announcer: SystemLog.announcer)
}
