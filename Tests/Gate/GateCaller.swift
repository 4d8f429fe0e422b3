@testable import Gate
import Glibc
import TestSupport

/// A connection to a gate's Unix socket, on which any bytes can be sent.
final class GateCaller {
  private let descriptor: Int32
  private var taken: [UInt8] = []

  struct Reply: Equatable {
    let status: Int
    /// The headers in their order, without the date and the decision.
    let headers: [String]
    /// The body, without the decision.
    let body: String
    let decision: String?

    init(status: Int, headers: [String], body: String, decision: String?) {
      (self.status, self.headers, self.decision) = (status, headers, decision)
      self.body = decision.map { body.replacing($0, with: "…") } ?? body
    }

    var cookie: String? {
      headers.first { $0.hasPrefix("Set-Cookie: ") }.map { String($0.dropFirst(12).prefix { $0 != ";" }) }
    }
  }

  init(_ path: String) throws {
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8) + [0]) }
    let problem = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard problem == 0 else { throw SystemError(code: errno) }
    var patience = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(descriptor) }

  func send(_ text: String) { _ = Glibc.send(descriptor, text, text.utf8.count, Int32(MSG_NOSIGNAL)) }

  /// Whether the gate has read all that was sent (unix(7), SIOCOUTQ).
  var isTaken: Bool {
    var count: Int32 = -1
    return ioctl(descriptor, UInt(TIOCOUTQ), &count) == 0 && count == 0
  }

  /// Ends this side of the connection.
  func end() { shutdown(descriptor, Int32(SHUT_WR)) }

  func ask(_ text: String) throws -> Reply {
    send(text)
    return try reply()
  }

  /// The next answer. Errors: ``SystemError`` where the connection ends or nothing comes.
  func reply() throws -> Reply {
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while true {
      if let reply = takeReply() { return reply }
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { throw SystemError(code: count == 0 ? ECONNRESET : errno) }
      taken += buffer[..<count]
    }
  }

  private func takeReply() -> Reply? {
    guard let end = taken.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
    let lines = String(decoding: taken[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
    func value(_ name: String) -> String? {
      lines.first { $0.hasPrefix(name + ": ") }.map { String($0.dropFirst(name.count + 2)) }
    }
    let length = value("Content-Length").flatMap { Int($0) } ?? 0
    guard taken.count >= end.upperBound + length, let status = lines.first?.split(separator: " ")[1] else {
      return nil
    }
    let body = String(decoding: taken[end.upperBound..<end.upperBound + length], as: UTF8.self)
    taken.removeFirst(end.upperBound + length)
    let headers = lines.dropFirst().filter { line in
      !["Date: ", "X-Popsec-Decision: "].contains { line.hasPrefix($0) }
    }
    return Reply(
      status: Int(status) ?? 0, headers: headers.map(String.init), body: body,
      decision: value("X-Popsec-Decision"))
  }
}
