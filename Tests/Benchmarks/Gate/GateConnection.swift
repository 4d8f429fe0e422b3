import Glibc

/// One connection to the gate, kept alive.
final class GateConnection {
  private let descriptor: Int32

  init(_ path: String) throws {
    descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8.prefix(107)) + [0]) }
    let problem = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard problem == 0 else { throw Failure("the gate does not listen at \(path)") }
  }

  deinit { close(descriptor) }

  /// The status of the answer. Answers are small, so that one read suffices.
  func status(of target: String) throws -> Int {
    let text =
      "GET /auth/nginx HTTP/1.1\r\nHost: x\r\nX-Original-URI: \(target)\r\nX-Original-Method: GET\r\n"
      + "X-Original-Host: bench.example.com\r\nX-Real-IP: 10.1.2.3\r\n\r\n"
    guard send(descriptor, text, text.utf8.count, 0) == text.utf8.count else {
      throw Failure("sending failed")
    }
    var buffer = [UInt8](repeating: 0, count: 32_768)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    let words = String(decoding: buffer[..<max(0, count)], as: UTF8.self).split(separator: " ", maxSplits: 2)
    guard words.count == 3, let status = Int(words[1]) else { throw Failure("no answer") }
    return status
  }
}
