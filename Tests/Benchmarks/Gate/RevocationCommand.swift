import Access
import Administration
import ArgumentParser
import Glibc
import SQLiteStore
import Sealing
import Store

/// Measures how soon the gate denies what was disabled by another process.
struct RevocationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revocation", abstract: "Measure the time from a commit to the gate's first denial.")

  @Option(help: ArgumentHelp("The gate's store, after `gate-targets`.", valueName: "folder"))
  var store: String

  @Option(help: ArgumentHelp("The gate's Unix socket.", valueName: "path"))
  var socket: String

  @Option(help: "How often.")
  var times = 1_000

  func run() throws {
    let opened = try SQLiteStore.open(StoreFolder(path: store), now: Surroundings.system.now())
    let keys = try KeyFolder(path: store + "/keys").load()
    let administration = Administration(
      store: opened, keys: keys,
      operating: Operator(
        actor: Actor(name: "bench", frontEnd: .commandLine), permissions: Set(Permission.allCases)))
    let (token, target) = try subject(administration, try keys.seal.get())
    let gate = try GateConnection(socket)
    guard try gate.status(of: target) == 200 else { throw Failure("the token does not open the widget") }
    var (delays, late) = ([Double](), 0)
    for _ in 0..<times {
      try administration.change { try $0.setDisabled(true, token) }
      let stopwatch = Stopwatch()
      while try gate.status(of: target) == 200 { late += 1 }
      delays.append(stopwatch.microseconds)
      try administration.change { try $0.setDisabled(false, token) }
      guard try gate.status(of: target) == 200 else { throw Failure("the token was not opened again") }
    }
    print(
      "\(times) times: from commit to denial \(shown(delays.percentile(0.5))) µs p50, "
        + "\(shown(delays.percentile(0.99))) µs p99; let through after the commit: \(late)")
  }

  private func subject(_ administration: Administration, _ seal: SealKey) throws -> (TokenRowID, String) {
    try administration.check { checker in
      let reader = try checker.source.reader
      let page = try reader.accounts(
        AccountQuery(kind: .apiUser), .first, limit: maximumPageRows, now: administration.now)
      for row in page.rows {
        for token in try reader.tokens(of: row.account.id) {
          for widget in try reader.widgets() {
            let request = CheckRequest(
              asker: .token(.id(token.id), of: AccountReference(.apiUser, .id(row.account.id))),
              surface: .widget(.id(widget.id)))
            guard try checker.check(request).decision.isAllowed,
              let stored = try reader.storedTokenID(of: token.id)
            else { continue }
            let id = try seal.open(stored.sealed, for: SealPlace(stored))
            return (token.id, "\(widget.address.rawPath)?token=\(id.revealed)")
          }
        }
      }
      throw Failure("no token of the store opens a widget")
    }
  }
}

/// One connection to the gate, kept alive.
private final class GateConnection {
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

  /// The status of the answer. Answers are small: one read has them.
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
