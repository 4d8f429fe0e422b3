import Foundation
import Glibc
import TestSupport
import Testing

extension GatesEndToEnd {
  /// What two gates sign, verified by the Python of Resources/docs/gate.md, with PyJWT.
  @Suite("what a gate signs, as an application verifies it")
  struct Assertions {
    private static let widgets = """
      popsec: 1
      catalogue:
        widgets:
          - {name: Sales, url: "https://portal.example.com/widgets/sales", connector: Business Central,
             lists: [Sales Orders, Sales Invoices]}
          - {name: Open, url: "https://portal.example.com/widgets/open", connector: Business Central,
             lists: [Sales Orders], open: true}
      """

    @Test(
      "PyJWT believes what gates sign, for their host and minute, while their key is registered, and nothing else",
      .timeLimit(.minutes(2)))
    func verified() throws {
      try #require(Tool.python.isThere && Python.hasJWT, "apt-get install python3-jwt python3-cryptography")
      try onStore { store in
        try store.succeed("apply", "--yes", try store.file("widgets.yaml", Self.widgets))
        let token = try store.mexico()
        let gates = try ["one", "two"].map { try SigningGate(store, $0) }
        defer { for gate in gates { gate.end() } }
        let request = "X-Forwarded-Uri: /widgets/sales?token=\(token)\r\n"
        #expect(try gates[0].assertion(request).isEmpty)
        #expect(try gates[0].get("/metrics").contains("popsec_gate_assertions_total{source=\"none\"} 1\n"))
        #expect(try gates[0].get("/healthz").contains("key is not registered"))
        try store.succeed("gate", "key", "add", "one", try gates[0].publicKey())
        try store.succeed("gate", "key", "add", "two", try gates[1].publicKey())
        let assertions = try gates.map { try $0.assertion(request) }
        let open = try gates[0].assertion("X-Forwarded-Uri: /widgets/open\r\n")
        try #require(!assertions.contains("") && assertions[0] != assertions[1])

        let issuer = try gates[0].issuer()
        let set = "http://127.0.0.1:\(gates[1].port)/.well-known/jwks.json"
        let python = try Python(store, keySet: set, issuer: issuer)
        let told = try python.tell(assertions + [open], expecting: "believed")
        #expect(told.output.contains("apiUser:Portal%20Mexico MX/Sales Orders"), "\(told.output)")
        #expect(try python.tell(assertions, expecting: "attacked").errors == "")

        try store.succeed("gate", "key", "retire", "one")
        #expect(try gates[0].assertion(request).isEmpty)
        _ = try python.tell([assertions[0]], expecting: "refused")
        _ = try python.tell([assertions[1]], expecting: "believed")
        #expect(try store.popsec("gate", "jwks").output == gates[1].get("/.well-known/jwks.json"))
      }
    }
  }
}

/// A gate that signs, at a port of its own.
private final class SigningGate {
  let port: Int
  private let running: Running
  private let log: URL

  init(_ store: TestStore, _ name: String) throws {
    let file = store.folder.appendingPathComponent("gate-" + name)
    log = file.appendingPathExtension("errors")
    let key = try store.privateFolder("key-" + name) + "/gate.key"
    running = try Running(
      TestStore.program,
      [
        "gate", "--allow-seal-key", "--listen", "127.0.0.1:0", "--trust", "127.0.0.1/32", "--sign",
        "--sign-key",
        key,
      ], environment: store.environment, file: file)
    let address = try Self.logged(log, "127\\.0\\.0\\.1:([0-9]+)")
    port = try Int(address) ?? { throw Failure("no port") }()
    var status = stat()
    #expect(stat(key, &status) == 0 && status.st_mode & 0o777 == 0o600)
  }

  func end() {
    kill(running.pid, SIGTERM)
    _ = try? running.finish()
  }

  /// As the gate's log tells it.
  func publicKey() throws -> String { try Self.logged(log, "(ed25519:[A-Za-z0-9_-]{43})") }
  func issuer() throws -> String { try Self.logged(log, "\"issuer\":\"([^\"]+)\"") }

  private static func logged(_ log: URL, _ pattern: String) throws -> String {
    let expression = try Regex(pattern)
    return try eventually("\(pattern) in the gate's log") {
      let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
      return text.firstMatch(of: expression)?.output[1].substring.map(String.init)
    }
  }

  func assertion(_ headers: String) throws -> String {
    let answer = try ask(
      "/auth/forward",
      "X-Forwarded-Method: GET\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: portal.example.com\r\n"
        + headers)
    guard answer.hasPrefix("HTTP/1.1 200"),
      let line = answer.split(separator: "\r\n").first(where: { $0.hasPrefix("X-Popsec-Assertion:") })
    else { throw Failure("the gate did not allow the request") }
    return line.dropFirst("X-Popsec-Assertion:".count).trimmingCharacters(in: .whitespaces)
  }

  func get(_ path: String) throws -> String {
    let answer = try ask(path, "")
    return answer.range(of: "\r\n\r\n").map { String(answer[$0.upperBound...]) } ?? ""
  }

  private func ask(_ path: String, _ headers: String) throws -> String {
    guard let descriptor = GateHouse.connect(toPort: port) else { throw Failure("the gate does not listen") }
    defer { close(descriptor) }
    var patience = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    let text = "GET \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\(headers)\r\n"
    guard send(descriptor, text, text.utf8.count, Int32(MSG_NOSIGNAL)) == text.utf8.count else {
      throw Failure("the gate takes no request")
    }
    var (taken, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 16_384))
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return String(decoding: taken, as: UTF8.self) }
      taken += buffer[..<count]
    }
  }
}

/// An application in Python, made of what the documents show.
private struct Python {
  private let store: TestStore
  private let program: String

  static var hasJWT: Bool {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("popsec-python-\(UUID())")
    let asked = try? Running(
      Tool.python.path, ["-c", "import jwt, cryptography"], environment: [:], file: file
    ).finish()
    return asked?.status == 0
  }

  init(_ store: TestStore, keySet: String, issuer: String) throws {
    self.store = store
    let resources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(
        "Resources/docs/gate.md")
    let document = try String(contentsOf: resources, encoding: .utf8)
    guard let start = document.range(of: "```python\n"),
      let end = document.range(of: "```", range: start.upperBound..<document.endIndex)
    else { throw Failure("gate.md shows no Python") }
    var shown = String(document[start.upperBound..<end.lowerBound])
    for (old, new) in [
      ("http://127.0.0.1:8181/.well-known/jwks.json", keySet), ("\"popsec:…\"", "\"\(issuer)\""),
    ] {
      guard shown.contains(old) else { throw Failure("gate.md has no \(old)") }
      shown = shown.replacing(old, with: new)
    }
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("assertions.py")
    program = try store.file("application.py", shown + String(contentsOf: script, encoding: .utf8))
  }

  /// Has the application look at assertions, one a line, and checks that it comes to that.
  func tell(_ assertions: [String], expecting verdict: String) throws -> TestStore.Printed {
    let input = assertions.joined(separator: "\n") + "\n"
    let printed = try Running(
      Tool.python.path, [program, verdict], input: input, environment: store.environment,
      file: store.folder.appendingPathComponent("python-" + UUID().uuidString)
    ).finish()
    #expect(printed.status == 0, "\(verdict): \(printed.output)\(printed.errors)")
    return printed
  }
}
