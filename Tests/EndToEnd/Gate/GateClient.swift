import Glibc
import Foundation
import Synchronization
import TestSupport

/// Asks a gate whether it is well, on a new connection each time.
enum GateClient {
  private static let request = "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"

  /// Whether the gate at a Unix socket answered 200.
  static func isAnswered(atUnix path: String) -> Bool {
    GateHouse.connect(toUnix: path).map { isAnswered(on: $0) } ?? false
  }

  static func isAnswered(atPort port: Int) -> Bool {
    GateHouse.connect(toPort: port).map { isAnswered(on: $0) } ?? false
  }

  /// Asks on that connection, and closes it.
  static func isAnswered(on descriptor: Int32) -> Bool {
    defer { close(descriptor) }
    ask(on: descriptor, Self.request)
    return hasAnswer(descriptor)
  }

  static func ask(on descriptor: Int32, _ request: String) {
    _ = request.withCString { send(descriptor, $0, strlen($0), Int32(MSG_NOSIGNAL)) }
  }

  /// Waits for the beginning of an answer.
  static func hasAnswer(_ descriptor: Int32) -> Bool {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&waiting, 1, 20_000) > 0 else { return false }
    var buffer = [UInt8](repeating: 0, count: 4_096)
    let count = read(descriptor, &buffer, buffer.count)
    return count > 0 && String(decoding: buffer[..<count], as: UTF8.self).hasPrefix("HTTP/1.1 200 ")
  }
}

/// Clients that ask all the time, each on a thread of its own.
final class GateLoad: Sendable {
  private let isOver = Atomic<Bool>(false)
  private let running = Atomic<Int>(0)
  private let answered = Atomic<Int>(0)
  private let refused = Atomic<Int>(0)

  init(on path: String, clients: Int) {
    running.store(clients, ordering: .relaxed)
    for _ in 0..<clients {
      Thread.detachNewThread {
        while !self.isOver.load(ordering: .relaxed) {
          if GateClient.isAnswered(atUnix: path) {
            self.answered.add(1, ordering: .relaxed)
          } else {
            self.refused.add(1, ordering: .relaxed)
          }
        }
        self.running.subtract(1, ordering: .sequentiallyConsistent)
      }
    }
  }

  /// Ends them, and tells how they fared.
  func end() throws -> (answered: Int, refused: Int) {
    isOver.store(true, ordering: .relaxed)
    try eventually("the askers to end") { running.load(ordering: .sequentiallyConsistent) == 0 }
    return (answered.load(ordering: .relaxed), refused.load(ordering: .relaxed))
  }
}
