import Foundation
import Glibc
import TestSupport
import Testing

extension GatesEndToEnd {
  @Suite("what is kept beside the store, and what the gate notices")
  struct KeptBeside {
    private func status(_ house: GateHouse) throws -> String {
      let request = "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
      return try String(house.raw(Array(request.utf8)).prefix(12))
    }

    private func sees(_ condition: () throws -> Bool) throws {
      try eventually("the gate to notice", condition)
    }

    private func sqlite(_ store: TestStore, _ file: String, _ sql: String) throws -> TestStore.Printed {
      try Running(
        "/usr/bin/sqlite3", [store.path + "/" + file, sql], environment: store.environment,
        file: store.folder.appendingPathComponent("sqlite")
      ).finish()
    }

    /// Waits until the gate has kept where the store stands now.
    private func keepsUp(_ store: TestStore) throws {
      let standing = "SELECT (SELECT max(sequence) FROM audit), number FROM generation"
      try sees {
        try sqlite(store, "gate.db", "SELECT sequence, generation FROM kept_head").output
          == sqlite(store, "popsec.db", standing).output
      }
    }

    /// Until it has told that it is there.
    private func runGate(_ store: TestStore) throws {
      let house = try GateHouse(store)
      try sees { try store.popsec("key", "list").output.contains("gate (process") }
      house.end()
    }

    private func gateFiles(_ store: TestStore) throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: store.path).filter { $0.hasPrefix("gate.db") }
    }

    @Test("a gate that was killed holds up no exchange of the lookup key, whatever its clock said")
    func killed() throws {
      try onStore { store in
        _ = try store.mexico()
        let house = try GateHouse(store)
        try sees { try store.popsec("key", "list").output.contains("gate (process") }
        kill(house.gate.pid, SIGKILL)
        house.end()
        let printed = try store.popsec("key", "rotate", "lookup", "--gate-seconds", "0")
        #expect(printed.status == 0, "\(printed.errors)")
        #expect(try !store.popsec("key", "list").output.contains("gate (process"))
      }
    }

    @Test("a revocation is not lost to a flipped bit of the log after an unclean end")
    func flippedBit() throws {
      try onStore { store in
        _ = try store.mexico()
        let house = try GateHouse(store)
        defer { house.end() }
        try store.succeed("token", "revoke", "Portal Mexico", "portal", "--yes")
        // As after a crash: the files as they lie there, with a bit flipped in every frame of the log.
        for suffix in ["-wal", "-shm"] {
          let file = store.path + "/popsec.db" + suffix
          guard suffix == "-wal", var log = FileManager.default.contents(atPath: file) else { continue }
          for place in stride(from: 72, to: log.count, by: 4_120) { log[place] ^= 1 }
          try log.write(to: store.folder.appendingPathComponent("log"))
        }
        let copy = store.folder.path + "/copy"
        try FileManager.default.copyItem(atPath: store.path, toPath: copy)
        try? FileManager.default.removeItem(atPath: copy + "/popsec.db-shm")
        let log = store.folder.path + "/log"
        if let bytes = FileManager.default.contents(atPath: log) {
          try bytes.write(to: URL(fileURLWithPath: copy + "/popsec.db-wal"))
          chmod(copy + "/popsec.db-wal", 0o600)
        }
        let listed = try store.popsec("token", "list", "Portal Mexico", "--store", copy)
        #expect(listed.status == 0 && listed.output.contains("revoked"), "\(listed.errors)")
      }
    }

    @Test("an old copy in the store's place lets nothing through until somebody says that they looked")
    func wentBack() throws {
      try onStore { store in
        _ = try store.mexico()
        var house = try GateHouse(store)
        let (database, old) = (store.path + "/popsec.db", store.folder.path + "/old")
        try FileManager.default.copyItem(atPath: database, toPath: old)
        try store.succeed("api-user", "disable", "Portal Mexico")
        // The gate keeps it within a second.
        try sees { try store.popsec("doctor").output.contains("they keep it since") }
        try keepsUp(store)
        house.end()
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: database + suffix) }
        try FileManager.default.copyItem(atPath: old, toPath: database)
        house = try GateHouse(store)
        defer { house.end() }
        #expect(try status(house) == "HTTP/1.1 503")
        let doctor = try store.popsec("doctor")
        #expect(doctor.status == 1 && doctor.output.contains("the store went back"))
        #expect(doctor.output.contains("popsec gate accept-rollback"))
        #expect(try store.popsec("gate", "accept-rollback").status == 64)
        try store.succeed("gate", "accept-rollback", "--yes")
        try sees { try status(house) == "HTTP/1.1 200" }
        #expect(try store.popsec("audit", "list").output.contains("acceptRollback"))
      }
    }

    @Test("the gate reports a restore as such, and goes on")
    func restored() throws {
      try onStore { store in
        _ = try store.mexico()
        let backup = store.folder.path + "/backup"
        try store.succeed("backup", "--output", backup)
        for number in 1...5 { try store.succeed("api-user", "add", "User \(number)") }
        let house = try GateHouse(store)
        defer { house.end() }
        try keepsUp(store)
        try store.succeed("restore", backup, "--replace", "--yes")
        try keepsUp(store)
        #expect(try status(house) == "HTTP/1.1 200")
        let doctor = try store.popsec("doctor").output
        #expect(doctor.contains("store's end") && !doctor.contains("the store went back"))
      }
    }

    @Test("a gate with another store's keys says so, lets nothing through, and doctor finds it")
    func otherKeys() throws {
      try onStore { store in
        _ = try store.mexico()
        let other = store.folder.path + "/other"
        try store.succeed("init", "--store", other)
        let keys = ["--keys", other + "/keys"]
        let house = try GateHouse(store, keys)
        defer { house.end() }
        #expect(try status(house) == "HTTP/1.1 503")
        let doctor = try store.start(["doctor"] + keys).finish()
        #expect(doctor.status == 1 && doctor.output.contains("the keys are another store's"))
        #expect(try store.start(["token", "add", "Portal Mexico", "new"] + keys).finish().status == 69)
      }
    }

    private func remove(_ names: [String], of store: TestStore) {
      for name in names { try? FileManager.default.removeItem(atPath: store.path + "/" + name) }
    }

    @Test(
      "whatever happened to gate.db, nothing stops that does not need it",
      arguments: ["garbage", "folder", "newer"])
    func damaged(what: String) throws {
      try onStore { store in
        _ = try store.mexico()
        try runGate(store)
        try remove(gateFiles(store), of: store)
        let path = store.path + "/gate.db"
        switch what {
        case "garbage": try Data(repeating: 7, count: 9_000).write(to: URL(fileURLWithPath: path))
        case "folder":
          try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        default:
          try runGate(store)
          let sql = "INSERT INTO migration VALUES (99, 'later', 0)"
          #expect(try sqlite(store, "gate.db", sql).status == 0)
        }
        let doctor = try store.popsec("doctor")
        #expect(doctor.status == 1 && doctor.output.contains("BAD   gate.db"))
        let commands = [
          ["api-user", "list"], ["token", "list", "Portal Mexico"], ["key", "rotate", "lookup"],
        ]
        for command in commands {
          let printed = try store.start(command).finish()
          #expect(printed.status == 0, "\(command): \(printed.errors)")
        }
        #expect(try store.popsec("backup", "--output", store.folder.path + "/b").status == 0)
        let house = try GateHouse(store)
        defer { house.end() }
        #expect(try status(house) == "HTTP/1.1 200")
        // The file of a later popsec is left to that popsec's gates.
        let isAside = try gateFiles(store).contains { $0.hasPrefix("gate.db.damaged-") }
        #expect(isAside == (what != "newer"))
        // Removed while the gate runs.
        try remove(gateFiles(store), of: store)
        try sees { try gateFiles(store).contains("gate.db") }
      }
    }
  }
}
