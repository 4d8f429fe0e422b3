import Access
import Dispatch
import Foundation
import Gate

/// The service manager that started the gate, such as systemd. A manager that can't be told is no reason to answer
/// nobody: the gate goes on, and its log says what failed.
struct ServiceManager: Sendable {
  private static let variables = ["NOTIFY_SOCKET", "WATCHDOG_PID", "WATCHDOG_USEC"]

  private let address: NoticeAddress?
  private let interval: WatchdogInterval?
  private let log: GateLog

  /// Reads who started the gate, and unsets the variables, so that no other program speaks for the gate.
  init(_ environment: [String: String], log: GateLog) {
    let named = environment.filled("NOTIFY_SOCKET")
    address = named.flatMap { NoticeAddress($0) }
    interval = address.flatMap { _ in WatchdogInterval(environment, process: getpid()) }
    self.log = log
    if named != nil, address == nil {
      log.write(.error, "NOTIFY_SOCKET names no Unix socket: the service manager is told nothing")
    }
    for variable in Self.variables { unsetenv(variable) }
  }

  /// Tells that the gate answers. The watchdog of a manager that has one learns from then on that the gate is alive,
  /// as long as `isAlive` says so within the time that it is given, in microseconds.
  func ready(_ status: String, isAlive: @escaping @Sendable (Int) -> Bool) -> RegularWork? {
    tell(.ready(status: status))
    return interval.map { interval in
      // A service may lack the right to a higher priority. The system log would then tell of each failure.
      RegularWork("popsec.watchdog", every: .microseconds(interval.tellingMicroseconds), qos: .default) {
        guard isAlive(interval.tellingMicroseconds / 2) else {
          return log.write(.error, "a thread doesn't answer: the watchdog is not told that the gate is alive")
        }
        tell(.watchdog)
      }
    }
  }

  func stopping() { tell(.stopping) }

  private func tell(_ notice: ServiceNotice) {
    guard let address else { return }
    let problem = Self.send(notice.text, to: address)
    guard problem != 0 else { return }
    log.write(.error, "the service manager can't be told", ["error": systemReason(problem)])
  }

  /// Sends a datagram. Returns 0, or the errno of what failed.
  private static func send(_ text: String, to address: NoticeAddress) -> Int32 {
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return errno }
    defer { close(descriptor) }
    var name = sockaddr_un()
    name.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: address.bytes) }
    let length = MemoryLayout<sa_family_t>.size + address.bytes.count
    let bytes = Array(text.utf8)
    let sent = withUnsafePointer(to: &name) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), $0, socklen_t(length))
      }
    }
    return sent == bytes.count ? 0 : errno
  }
}
