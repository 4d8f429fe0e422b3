import Foundation
import Glibc
import TestSupport
import Testing

extension GatesEndToEnd {
  @Suite("a gate whose log can't be written")
  struct GateLogLoss {
    private static let denied =
      "GET /auth/forward HTTP/1.1\r\nHost: x\r\nX-Forwarded-Method: GET\r\nX-Forwarded-Proto: https\r\n"
      + "X-Forwarded-Host: portal.example.com\r\nX-Forwarded-Uri: /widgets/sales\r\n\r\n"

    private func started(_ store: TestStore, errors: String) throws -> Running {
      let text =
        "exec \(TestStore.program) gate --allow-seal-key --log-denials --listen unix:\(path(store)) \(errors)"
      return try Running(
        Tool.bash.path, ["-c", text], environment: store.environment,
        file: store.folder.appendingPathComponent("logged"))
    }

    private func path(_ store: TestStore) -> String { store.folder.path + "/gate.sock" }

    /// Sends a request on a connection of its own, and gives what comes first.
    private func answer(_ store: TestStore, _ request: String) -> String {
      guard let descriptor = GateHouse.connect(toUnix: path(store)) else { return "" }
      defer { close(descriptor) }
      GateClient.ask(on: descriptor, request)
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, 10_000) > 0 else { return "" }
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let count = read(descriptor, &buffer, buffer.count)
      return String(decoding: buffer[..<max(count, 0)], as: UTF8.self)
    }

    private func lost(_ store: TestStore) -> Int {
      let text = answer(store, "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
      return text.firstMatch(of: #/\npopsec_gate_log_lines_lost_total (\d+)/#).flatMap { Int($0.1) } ?? 0
    }

    @Test(
      "a gate whose log can't be written answers, counts the lines, and ends well",
      arguments: ["2>/dev/full", "2>&-", "2> >(exec true)"])
    func goesOn(errors: String) throws {
      try onStore { store in
        let gate = try started(store, errors: errors)
        try eventually("the gate's first answer") { GateClient.isAnswered(atUnix: path(store)) }
        for _ in 0..<20 { #expect(answer(store, Self.denied).hasPrefix("HTTP/1.1 401 ")) }
        try eventually("20 lost lines") { lost(store) >= 20 }
        kill(gate.pid, SIGTERM)
        #expect(try gate.finish().status == 0)
      }
    }

    @Test("when the log can be written again, it tells how many lines could not be")
    func again() throws {
      try onStore { store in
        let pipe = store.folder.path + "/log.pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        let gate = try started(store, errors: "2>\(pipe)")
        let first = open(pipe, O_RDONLY | O_CLOEXEC)
        try eventually("the gate's first answer") { GateClient.isAnswered(atUnix: path(store)) }
        close(first)
        for _ in 0..<3 { _ = answer(store, Self.denied) }
        try eventually("three lost lines") { lost(store) >= 3 }
        let second = open(pipe, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        defer { close(second) }
        var (text, buffer) = ("", [UInt8](repeating: 0, count: 4_096))
        _ = answer(store, Self.denied)
        try eventually("the line of a denial") {
          let count = read(second, &buffer, buffer.count)
          if count > 0 { text += String(decoding: buffer[..<count], as: UTF8.self) }
          return text.contains(#""denied""#)
        }
        #expect(text.contains(/"lines":"\d+","message":"\d+ lines could not be written"/), "\(text)")
        kill(gate.pid, SIGTERM)
        #expect(try gate.finish().status == 0)
      }
    }
  }
}
