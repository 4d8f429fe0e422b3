import Foundation
import Synchronization
import TestSupport

/// The system's log of a test's own: a socket that takes lines, and that those who are started by ``wrapper``
/// find at /dev/log.
final class LogSocket: Sendable {
  /// Why there can't be one; nil where there can.
  static var obstacle: String? { Namespace.obstacle }

  /// Starts a program with another /dev: the devices that are needed, and the log.
  let wrapper: [String]
  private let path: String

  private static let script = """
    cd "$1"; shift
    for name in null zero full random urandom tty ptmx; do : > $name; mount --bind /dev/$name $name; done
    mkdir pts; mount --rbind /dev/pts pts; ln -s /proc/self/fd fd
    mount --rbind . /dev; cd /; exec "$@"
    """

  private struct State {
    var lines: [String] = []
    var isTaking = true
    var isEnded = false
  }

  private let descriptor: Int32
  private let state = Mutex(State())

  init(folder: String) throws {
    path = folder + "/log"
    wrapper = Namespace.command(Self.script) + ["sh", folder]
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let problem = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard descriptor >= 0, problem == 0, chmod(path, 0o666) == 0 else { throw Failure("no \(path)") }
    Thread.detachNewThread { self.take() }
  }

  /// Whether it takes what is sent; else its queue gets full.
  var isTaking: Bool {
    get { state.withLock { $0.isTaking } }
    set { state.withLock { $0.isTaking = newValue } }
  }

  /// What was sent before; what waits stays out while nothing is taken.
  var lines: [String] {
    get throws {
      try eventually("what was sent") { !isTaking || !hasWaiting(milliseconds: 0) }
      return state.withLock { $0.lines }
    }
  }

  private func hasWaiting(milliseconds: Int32) -> Bool {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&waiting, 1, milliseconds) > 0
  }

  func end() {
    state.withLock { $0.isEnded = true }
    unlink(path)
  }

  private func take() {
    var buffer = [UInt8](repeating: 0, count: 8_192)
    while !state.withLock({ $0.isEnded }) {
      guard isTaking else {
        // Poll rests for that long where it is asked about nothing.
        _ = poll(nil, 0, 10)
        continue
      }
      guard hasWaiting(milliseconds: 20) else { continue }
      // Within the lock, so that who sees nothing waiting finds here what was sent.
      state.withLock { state in
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count > 0 { state.lines.append(String(decoding: buffer[..<count], as: UTF8.self)) }
      }
    }
    close(descriptor)
  }
}
