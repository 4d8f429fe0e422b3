import Access
import Administration
import Foundation

/// The system's log by its socket, so that it can be told whether anything listens (RFC 3164, syslog(3)).
enum SystemLog {
  static let path = "/dev/log"
  /// Facility authpriv, severity notice.
  private static let priority = 10 * 8 + 5

  static let announcer = HeadAnnouncer(isThere: { isThere }, send: { send($0) })

  /// Whether something listens.
  static var isThere: Bool {
    guard let socket = connected() else { return false }
    close(socket)
    return true
  }

  /// Nothing is waited for: what a full log can't take is lost to it, and the next head covers it.
  private static func send(_ line: String) {
    guard let socket = connected() else { return }
    defer { close(socket) }
    let datagram = Array("<\(priority)>popsec[\(getpid())]: \(line)".utf8)
    _ = Glibc.send(socket, datagram, datagram.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
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
  /// The system's clock and random numbers, and its log for the ends of the audit log.
  static let announcing = Surroundings(
    now: system.now, makeTokenID: system.makeTokenID, announcer: SystemLog.announcer)
}
