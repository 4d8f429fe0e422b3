import Foundation
import Glibc
import TestSupport
import Testing

/// A service manager that listens as systemd does: a socket for datagrams (sd_notify(3)).
private final class ListeningManager {
  private let descriptor: Int32
  private(set) var heard: [String] = []

  init(at path: String) throws {
    descriptor = socket(
      AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8) + [0]) }
    let isBound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
    guard isBound else { throw Failure("no socket at \(path)") }
  }

  deinit { close(descriptor) }

  func listen() {
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return }
      heard.append(String(decoding: buffer[..<count], as: UTF8.self))
    }
  }

  func count(_ text: String) -> Int {
    listen()
    return heard.count { $0 == text }
  }
}

extension GatesEndToEnd {
  @Suite("the gate under a service manager")
  struct GateService {
    private func start(_ store: TestStore, _ variables: [String: String]) throws -> Running {
      try Running(
        TestStore.program,
        ["gate", "--allow-seal-key", "--listen", "unix:" + store.folder.path + "/gate.sock"],
        environment: store.environment.merging(variables) { $1 },
        file: store.folder.appendingPathComponent("service"))
    }

    @Test("it says that it answers, again and again that it is alive, and that it stops")
    func told() throws {
      try onStore { store in
        let path = store.folder.path + "/notify"
        let manager = try ListeningManager(at: path)
        let gate = try start(store, ["NOTIFY_SOCKET": path, "WATCHDOG_USEC": "200000"])
        try eventually("the gate to say that it answers") {
          manager.listen()
          return !manager.heard.isEmpty
        }
        #expect(manager.heard.first == "READY=1\nSTATUS=answers at unix:\(store.folder.path)/gate.sock")
        #expect(GateClient.isAnswered(atUnix: store.folder.path + "/gate.sock"))
        try eventually("the gate to say that it is alive") { manager.count("WATCHDOG=1") >= 3 }
        kill(gate.pid, SIGTERM)
        let printed = try gate.finish()
        #expect(printed.status == 0 && !printed.errors.contains(#""level":"error""#), "\(printed.errors)")
        #expect(manager.count("STOPPING=1") == 1 && manager.heard.last == "STOPPING=1")
      }
    }

    @Test("systemd leaves the socket to the proxy's group: no folder of the service is around the socket")
    func units() throws {
      let units = URL(fileURLWithPath: ThreeHosts.repository + "/Resources/systemd/popsec-gate")
      let socket = try String(contentsOf: units.appendingPathExtension("socket"), encoding: .utf8)
      let service = try String(contentsOf: units.appendingPathExtension("service"), encoding: .utf8)
      #expect(
        socket.contains(
          "\nListenStream=/run/popsec-gate/gate.sock\nSocketUser=popsec-gate\nSocketGroup=www-data\n"))
      #expect(!service.contains("\nRuntimeDirectory="))
    }

    @Test(
      "it goes on without a manager that can be told, and its log says so",
      arguments: [("nonsense", "names no Unix socket"), ("/nowhere/notify", "can't be told")])
    func untold(address: String, message: String) throws {
      try onStore { store in
        let gate = try start(store, ["NOTIFY_SOCKET": address])
        try eventually("the gate to answer") {
          GateClient.isAnswered(atUnix: store.folder.path + "/gate.sock")
        }
        kill(gate.pid, SIGTERM)
        let printed = try gate.finish()
        #expect(printed.status == 0 && printed.errors.contains(message), "\(printed.errors)")
      }
    }

    @Test("its metrics tell the build, the process and the tokens that end soon")
    func metrics() throws {
      try onStore { store in
        try store.succeed("api-user", "add", "Portal", "--token", "soon", "--expires", "3d")
        let house = try GateHouse(store)
        defer { house.end() }
        func text() throws -> String {
          try house.raw(Array("GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".utf8))
        }
        try eventually("the count of tokens that end soon") {
          try text().contains("\npopsec_tokens_expiring{within=\"7d\"} 1\n")
        }
        let shown = try text()
        #expect(shown.contains("\npopsec_build_info{version=\""))
        for name in ["process_start_time_seconds", "process_open_fds", "process_max_fds"] {
          let value = shown.split(separator: "\n").first { $0.hasPrefix(name + " ") }?.split(separator: " ")
            .last
          #expect(value.flatMap { Int($0) } ?? 0 > 0, "\(name)")
        }
      }
    }
  }
}
