import Foundation
import Glibc
import TestSupport
import Testing

extension GatesEndToEnd {
  @Suite("a gate that is started and stopped")
  struct GateRestart {
    private func start(_ store: TestStore, _ more: String...) throws -> Running {
      try store.start(["gate", "--allow-seal-key"] + more)
    }

    /// Which file a name leads to; nil where there is none.
    private func file(_ path: String) -> UInt64? {
      var status = stat()
      return lstat(path, &status) == 0 ? UInt64(status.st_ino) : nil
    }

    private func wait(_ condition: () throws -> Bool) throws { try eventually("the gate", condition) }

    private func stop(_ gate: Running) throws -> TestStore.Printed {
      kill(gate.pid, SIGTERM)
      return try gate.finish()
    }

    @Test("no request is refused while one gate after the other takes over")
    func underLoad() throws {
      try onStore { store in
        let path = store.folder.path + "/gate.sock"
        var gate = try start(store, "--listen", "unix:" + path)
        try wait { file(path) != nil }
        let load = GateLoad(on: path, clients: 4)
        var statuses: Set<Int32> = []
        for _ in 0..<25 {
          let before = file(path)
          let successor = try start(store, "--listen", "unix:" + path)
          try wait { file(path) != before }
          statuses.insert(try stop(gate).status)
          gate = successor
        }
        let fared = try load.end()
        #expect(fared.refused == 0 && fared.answered > 25, "\(fared)")
        #expect(statuses == [0])
        let last = try stop(gate)
        #expect(last.errors.contains("took over from a gate that listened there"))
        #expect(file(path) == nil, "the last one takes its socket away")
        let left = try FileManager.default.contentsOfDirectory(atPath: store.folder.path)
        #expect(!left.contains { $0.hasPrefix(".") }, "\(left)")
      }
    }

    @Test("a client that connected before the end and asks a moment later is answered; SIGHUP ends nothing")
    func connectedBefore() throws {
      try onStore { store in
        let path = store.folder.path + "/gate.sock"
        let gate = try start(store, "--listen", "unix:" + path)
        try wait { file(path) != nil }
        kill(gate.pid, SIGHUP)
        let waiting = try (0..<20).map { _ in try #require(GateHouse.connect(toUnix: path)) }
        kill(gate.pid, SIGTERM)
        try wait { file(path) == nil }
        let answered = waiting.map { GateClient.isAnswered(on: $0) }
        #expect(answered.allSatisfy { $0 })
        let printed = try gate.finish()
        #expect(printed.status == 0 && printed.errors.contains("SIGHUP has no meaning"))
      }
    }

    @Test("a file that is no socket is not replaced")
    func noSocket() throws {
      try onStore { store in
        let path = try store.file("gate.sock", "mine")
        let printed = try start(store, "--listen", "unix:" + path).finish()
        #expect(printed.status == 73 && printed.errors.contains("is there already, and is no socket"))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
      }
    }

    // MARK: Handed over

    @Test(
      "sockets that systemd hands over are taken, and left to the next gate",
      .enabled(if: Tool.socketActivate.isThere), arguments: [true, false])
    func handedOver(isUnix: Bool) throws {
      try onStore { store in
        let (path, port) = (store.folder.path + "/handed.sock", FreePort.any())
        let passed = store.environment.keys.sorted().flatMap { ["-E", $0] }
        let process = try Running(
          Tool.socketActivate.path,
          ["-l", isUnix ? path : "127.0.0.1:\(port)"] + passed
            + [TestStore.program, "gate", "--allow-seal-key", "--trust", "127.0.0.1/32"],
          environment: store.environment, file: store.folder.appendingPathComponent("activated"))
        // To connect is what starts the gate; who is there before it waits in the queue.
        var connection: Int32?
        try wait {
          connection = isUnix ? GateHouse.connect(toUnix: path) : GateHouse.connect(toPort: port)
          return connection != nil
        }
        #expect(GateClient.isAnswered(on: try #require(connection)))
        let printed = try stop(process)
        #expect(printed.status == 0 && printed.errors.contains(#""socket":"handed over""#))
        if isUnix { #expect(file(path) != nil) }
      }
    }

    @Test("a useless socket that was handed over is refused, and another process's sockets are left alone")
    func handedWrong() throws {
      try onStore { store in
        let path = store.folder.path + "/gate.sock"
        let cases: [(String, String, Int32, String)] = [
          ("LISTEN_PID=$$ LISTEN_FDS=1", "3</dev/null", 65, "descriptor 3 can't be used"),
          ("LISTEN_PID=$$ LISTEN_FDS=2", "3</dev/null", 65, "descriptor 3 can't be used"),
          ("LISTEN_PID=$$ LISTEN_FDS=1", "3<&-", 65, "descriptor 3 can't be used"),
          ("LISTEN_PID=$$ LISTEN_FDS=-1", "", 64, "is no number of sockets"),
          ("LISTEN_PID=$$ LISTEN_FDS=many", "", 64, "is no number of sockets"),
          ("LISTEN_PID=1 LISTEN_FDS=1", "--trust nonsense", 64, "is no network"),
        ]
        for (variables, rest, status, message) in cases {
          let printed = try Running(
            Tool.bash.path,
            [
              "-c",
              "\(variables) exec \(TestStore.program) gate --allow-seal-key --listen unix:\(path) \(rest)",
            ],
            environment: store.environment, file: store.folder.appendingPathComponent("handed")
          ).finish()
          #expect(printed.status == status && printed.errors.contains(message), "\(variables): \(printed)")
        }
      }
    }

    // MARK: Descriptors

    @Test(
      "more connections than there are descriptors are all answered, and idle ones burn no time",
      arguments: [(64, 200)])
    func descriptors(limit: Int, clients: Int) throws {
      try onStore { store in
        let path = store.folder.path + "/gate.sock"
        let gate = try Running(
          Tool.bash.path,
          [
            "-c",
            "ulimit -n \(limit); exec \(TestStore.program) gate --allow-seal-key --threads 2 "
              + "--listen unix:\(path)",
          ],
          environment: store.environment, file: store.folder.appendingPathComponent("few"))
        try wait { file(path) != nil }
        let asking = try (0..<clients).map { _ in
          let descriptor = try #require(GateHouse.connect(toUnix: path))
          GateClient.ask(on: descriptor, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
          return descriptor
        }
        #expect(asking.filter { GateClient.hasAnswer($0) }.count == clients)
        for descriptor in asking { close(descriptor) }
        let silent = try (0..<clients).map { _ in try #require(GateHouse.connect(toUnix: path)) }
        // A gate that spins has at each look a thread that runs.
        var quietLooks = 0
        try eventually("the gate to rest") {
          quietLooks = Self.isResting(gate.pid) ? quietLooks + 1 : 0
          return quietLooks == 100
        }
        for descriptor in silent { close(descriptor) }
        try wait { GateClient.isAnswered(atUnix: path) }
        let printed = try stop(gate)
        let said = printed.errors.split(separator: "\n").filter { $0.contains("connections wait") }
        #expect(printed.status == 0 && said.count == 1, "\(printed.errors)")
      }
    }

    /// Whether all threads of a process sleep (proc(5), stat).
    private static func isResting(_ pid: pid_t) -> Bool {
      let folder = "/proc/\(pid)/task"
      guard let threads = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return false }
      return threads.allSatisfy { thread in
        let text = try? String(contentsOfFile: "\(folder)/\(thread)/stat", encoding: .utf8)
        return text?.split(separator: ")").last?.hasPrefix(" S") == true
      }
    }
  }
}
