import Foundation
import Glibc
import Synchronization
import TestSupport

/// Asks a gate over and over, on connections of its own, whether tokens open a widget, and compares the answers
/// with what is expected of each.
final class Asker: Sendable {
  /// What was asked, and what went otherwise than expected; no Token ID is in it.
  struct Tally: Sendable {
    var asked = 0
    var wrong: [String] = []
  }

  private struct State {
    /// The status that is expected for each token; nil while either may come.
    var expected: [Int?]
    var tally = Tally()
    var isEnding = false
    var running = 0
  }

  private let socket: String
  private let tokens: [String]
  private let state: Mutex<State>

  /// Begins at once. All tokens are expected to be let through.
  init(_ socket: String, _ tokens: [String], connections: Int = 2) {
    self.socket = socket
    self.tokens = tokens
    state = Mutex(State(expected: Array(repeating: 200, count: tokens.count), running: connections))
    for _ in 0..<connections { Thread.detachNewThread { self.run() } }
  }

  func expect(_ status: Int?, of token: Int) { state.withLock { $0.expected[token] = status } }

  var tally: Tally { state.withLock { $0.tally } }

  /// Waits until so many more were asked, or something went wrong.
  func waitFor(_ count: Int) throws {
    let goal = tally.asked + count
    try eventually("answers of the gate") { tally.asked >= goal || !tally.wrong.isEmpty }
  }

  /// Ends it, and tells how it went.
  func finish() throws -> Tally {
    state.withLock { $0.isEnding = true }
    try eventually("the askers to end") { state.withLock { $0.running == 0 } }
    return tally
  }

  private func run() {
    defer { state.withLock { $0.running -= 1 } }
    guard let descriptor = GateHouse.connect(toUnix: socket) else { return note("the gate does not listen") }
    defer { close(descriptor) }
    var patience = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    while !state.withLock({ $0.isEnding }) {
      let token = Int.random(in: tokens.indices)
      let expected = state.withLock { $0.expected[token] }
      guard let status = Self.status(descriptor, tokens[token]) else {
        return note("a request got no answer")
      }
      state.withLock { state in
        state.tally.asked += 1
        // What is changed meanwhile may be answered either way.
        guard let expected, state.expected[token] == expected, status != expected else { return }
        state.tally.wrong.append("\(status) in place of \(expected) for token \(token)")
      }
    }
  }

  private func note(_ problem: String) { state.withLock { $0.tally.wrong.append(problem) } }

  /// The status of one answer; nil where none comes.
  static func status(_ descriptor: Int32, _ token: String) -> Int? {
    let text =
      "GET /auth/forward HTTP/1.1\r\nHost: x\r\nX-Forwarded-Method: GET\r\nX-Forwarded-Proto: https\r\n"
      + "X-Forwarded-Host: portal.example.com\r\nX-Forwarded-Uri: /widgets/sales?token=\(token)\r\n\r\n"
    guard send(descriptor, text, text.utf8.count, Int32(MSG_NOSIGNAL)) == text.utf8.count else { return nil }
    var (taken, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 16_384))
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      taken += buffer[..<count]
      let answer = String(decoding: taken, as: UTF8.self)
      if let end = answer.range(of: "\r\n\r\n") {
        let head = answer[..<end.lowerBound]
        let length = head.firstMatch(of: #/(?i)content-length: (\d+)/#).flatMap { Int($0.output.1) } ?? 0
        guard answer[end.upperBound...].utf8.count >= length else { continue }
        return head.split(separator: " ").dropFirst().first.flatMap { Int($0) }
      }
    }
  }
}
