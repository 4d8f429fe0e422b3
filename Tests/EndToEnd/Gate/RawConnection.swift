import Foundation
import Glibc

/// A connection to a proxy, on which any bytes can be sent.
final class RawConnection {
  private let descriptor: Int32
  private var taken: [UInt8] = []
  private(set) var isClosed = false

  init(to port: Int) throws {
    guard let descriptor = GateHouse.connect(toPort: port) else { throw Failure("nobody listens") }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// What was taken and not yet given as an answer.
  var rest: String { String(decoding: taken, as: UTF8.self) }

  func send(_ text: String) {
    if Glibc.send(descriptor, text, text.utf8.count, Int32(MSG_NOSIGNAL)) < 0 { isClosed = true }
  }

  /// Takes what comes within that time.
  func watch(milliseconds: Int32) {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&waiting, 1, milliseconds) > 0 else { return }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    if count > 0 { taken += buffer[..<count] } else { isClosed = true }
  }

  /// Waits for the next answer as a whole; empty where the connection ends without one.
  func answer(within seconds: Double = Person.patience) throws -> String {
    let end = Date.now + seconds
    while true {
      if let length = Self.length(taken, isClosed) {
        defer { taken.removeFirst(length) }
        return String(decoding: taken[..<length], as: UTF8.self)
      }
      guard Date.now < end else { throw Failure("no answer in time, but: \(rest)") }
      watch(milliseconds: 100)
    }
  }

  /// Nil where the answer is not there as a whole.
  private static func length(_ bytes: [UInt8], _ isClosed: Bool) -> Int? {
    if isClosed { return bytes.count }
    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound else { return nil }
    let head = String(decoding: bytes[..<end], as: UTF8.self)
    if ["1", "204", "304"].contains(where: { head.dropFirst("HTTP/1.1 ".count).hasPrefix($0) }) {
      return end
    }
    let lines = head.lowercased().split(separator: "\r\n")
    if let line = lines.first(where: { $0.hasPrefix("content-length:") }) {
      let length = Int(line.drop { $0 != " " }.dropFirst()) ?? 0
      return bytes.count >= end + length ? end + length : nil
    }
    guard lines.contains("transfer-encoding: chunked") else { return nil }
    return bytes[end...].firstRange(of: Array("0\r\n\r\n".utf8))?.upperBound
  }

  /// The status of an answer; 0 where there is none.
  static func status(_ answer: String) -> Int {
    Int(answer.dropFirst("HTTP/1.1 ".count).prefix(3)) ?? 0
  }

  /// Sends a request on a connection of its own; the status of the answer, 0 where none came.
  static func ask(_ port: Int, _ request: String, within seconds: Double = Person.patience) throws -> Int {
    let connection = try RawConnection(to: port)
    connection.send(request)
    return status(try connection.answer(within: seconds))
  }
}
