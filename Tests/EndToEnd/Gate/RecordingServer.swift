import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing

/// A server that keeps every byte that comes, and answers every request in the same way. It agrees to each upgrade
/// that it is asked for, as an application might.
final class RecordingServer: Sendable {
  static let plainAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n"

  /// A key as a client of WebSocket sends it, and what a server makes of that key (RFC 6455, section 1.3).
  static let webSocketKey = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
  private static let webSocketAccept = "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

  private struct State {
    var bytes: [UInt8] = []
    var isEnding = false
    var running = 1
  }

  private let descriptor: Int32
  private let answer: String
  private let state = Mutex(State())

  convenience init(port: Int, answer: String = plainAnswer) throws {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    try self.init(AF_INET, &address, answer)
  }

  convenience init(unix path: String, answer: String) throws {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8) + [0]) }
    try self.init(AF_UNIX, &address, answer)
    guard chmod(path, 0o666) == 0 else { throw Failure("no rights for \(path)") }
  }

  private init<Address>(_ family: Int32, _ address: inout Address, _ answer: String) throws {
    self.answer = answer
    descriptor = socket(family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var isReused: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &isReused, socklen_t(MemoryLayout<Int32>.size))
    let problem = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<Address>.size))
      }
    }
    guard problem == 0, listen(descriptor, 64) == 0 else { throw Failure("the recorder can't listen") }
    Thread.detachNewThread { self.run() }
  }

  /// All that came since the last time that it was forgotten.
  var text: String { state.withLock { String(decoding: $0.bytes, as: UTF8.self) } }
  func forget() { state.withLock { $0.bytes = [] } }

  /// Ends it and its connections, and waits until they have ended.
  func end() {
    state.withLock { $0.isEnding = true }
    do { try eventually("the server to end") { state.withLock { $0.running == 0 } } } catch {
      Issue.record(error)
    }
  }

  private func run() {
    while isWaiting(for: descriptor) {
      let connection = accept(descriptor, nil, nil)
      guard connection >= 0, fcntl(connection, F_SETFD, FD_CLOEXEC) == 0 else { continue }
      state.withLock { $0.running += 1 }
      Thread.detachNewThread {
        self.serve(connection)
        close(connection)
        self.state.withLock { $0.running -= 1 }
      }
    }
    close(descriptor)
    state.withLock { $0.running -= 1 }
  }

  /// Waits until something comes; false where the end comes first.
  private func isWaiting(for descriptor: Int32) -> Bool {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while !state.withLock({ $0.isEnding }) {
      if poll(&waiting, 1, 20) > 0 { return true }
    }
    return false
  }

  private func serve(_ connection: Int32) {
    var (taken, buffer, isTunnel) = ([UInt8](), [UInt8](repeating: 0, count: 65_536), false)
    while isWaiting(for: connection) {
      let count = recv(connection, &buffer, buffer.count, 0)
      guard count > 0 else { return }
      state.withLock { $0.bytes += buffer[..<count] }
      // Whoever is at the other end of a tunnel sees that it is one.
      if isTunnel {
        send(answer, to: connection)
        continue
      }
      taken += buffer[..<count]
      while !isTunnel, let head = Self.takeRequest(&taken) {
        isTunnel = answer(head, on: connection)
      }
    }
  }

  /// Whether the connection is a tunnel from then on.
  private func answer(_ head: String, on connection: Int32) -> Bool {
    let asked = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("upgrade:") }
    guard let asked else {
      send(answer, to: connection)
      return false
    }
    send(
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n\(asked)\r\n\(Self.webSocketAccept)\r\n\r\n",
      to: connection)
    return true
  }

  private func send(_ text: String, to connection: Int32) {
    _ = Glibc.send(connection, text, text.utf8.count, Int32(MSG_NOSIGNAL))
  }

  /// The head of the first request that is there as a whole; it is taken out.
  private static func takeRequest(_ bytes: inout [UInt8]) -> String? {
    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
    let head = String(decoding: bytes[..<end.upperBound], as: UTF8.self)
    let length = head.firstMatch(of: #/(?i)content-length: (\d+)/#).flatMap { Int($0.output.1) } ?? 0
    guard bytes.count >= end.upperBound + length else { return nil }
    bytes.removeFirst(end.upperBound + length)
    return head
  }
}
