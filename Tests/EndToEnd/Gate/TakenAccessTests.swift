import Access
import Foundation
import Glibc
import TestSupport
import Testing

extension GatesEndToEnd {
  /// The gate is one process, whoever takes is another, and whoever asks has two connections to it.
  @Suite("what is taken away opens nothing from then on")
  struct TakenAccessTests {
    private final class Askers {
      private let descriptors: [Int32]

      init(_ socket: String) throws {
        descriptors = try (0..<2).map { _ in
          guard let descriptor = GateHouse.connect(toUnix: socket) else { throw Failure("no gate") }
          return descriptor
        }
      }

      deinit { for descriptor in descriptors { close(descriptor) } }

      func status(_ token: String) -> Int? { Asker.status(descriptors[0], token) }

      /// The answers, of each connection in turn, so that the second and the later ones may be kept.
      func statuses(_ token: String, rounds: Int = 2) -> [Int?] {
        (0..<rounds).flatMap { _ in descriptors.map { Asker.status($0, token) } }
      }
    }

    @Test("none is let through that began after the commit returned", arguments: TakenAccess.Part.allCases)
    func committed(part: TakenAccess.Part) throws {
      try onStore(mayReveal: true) { store in
        let access = try TakenAccess(store.path)
        let house = try GateHouse(store)
        defer { house.end() }
        let askers = try Askers(house.socket)
        var delays = Delays()
        for time in 0..<Takes.count {
          #expect(askers.statuses(access.tokenID) == [200, 200, 200, 200], "\(time)")
          try access.set(part, false)
          let after = delays.measure { askers.status(access.tokenID) }
          let later = [after] + askers.statuses(access.tokenID)
          #expect(!later.contains(200) && !later.contains(nil), "\(time): \(later)")
          try access.set(part, true)
        }
        delays.tell(part.rawValue)
      }
    }

    @Test("nor what another program took away, while a third one writes all the time")
    func program() throws {
      try onStore(mayReveal: true) { store in
        let access = try TakenAccess(store.path)
        let house = try GateHouse(store)
        defer { house.end() }
        let askers = try Askers(house.socket)
        for time in 0..<3 {
          let writer = try store.start(["api-user", "add", "Other \(time)", "--token", "t"])
          #expect(askers.statuses(access.tokenID) == [200, 200, 200, 200])
          try store.succeed("token", "disable", access.name, try access.tokenName)
          #expect(!askers.statuses(access.tokenID).contains(200))
          try store.succeed("token", "enable", access.name, try access.tokenName)
          _ = try writer.finish()
        }
      }
    }

    @Test("nor while both keys are exchanged, nor once they are", arguments: TokenKeyKind.allCases)
    func exchange(kind: TokenKeyKind) throws {
      try onStore(mayReveal: true) { store in
        let access = try TakenAccess(store.path)
        let house = try GateHouse(store)
        defer { house.end() }
        let askers = try Askers(house.socket)
        for time in 0..<Takes.rareCount {
          let exchange = try store.start(["key", "rotate", kind.rawValue, "--forget"])
          for part in [TakenAccess.Part.tokenDisabled, .account, .membership] {
            #expect(askers.statuses(access.tokenID) == [200, 200, 200, 200], "\(time)")
            try access.set(part, false)
            #expect(!askers.statuses(access.tokenID).contains(200), "\(time), \(part)")
            try access.set(part, true)
          }
          let printed = try exchange.finish()
          #expect(printed.status == 0, "\(printed.errors)")
          try access.set(.grant, false)
          #expect(!askers.statuses(access.tokenID).contains(200), "\(time), after the exchange")
          try access.set(.grant, true)
        }
      }
    }

    @Test(
      "nor what is taken because the store is put back to a backup, or is restored elsewhere and takes its place"
    )
    func restored() throws {
      try onStore(mayReveal: true) { store in
        let access = try TakenAccess(store.path)
        let backup = store.folder.path + "/backup"
        try access.set(.tokenDisabled, false)
        try store.succeed("backup", "--output", backup, "--keys-output", backup + ".keys")
        try access.set(.tokenDisabled, true)
        let house = try GateHouse(store)
        defer { house.end() }
        let askers = try Askers(house.socket)
        var delays = Delays()
        for time in 0..<Takes.rareCount {
          try store.succeed("token", "enable", access.name, try access.tokenName)
          #expect(askers.statuses(access.tokenID) == [200, 200, 200, 200], "\(time)")
          try store.succeed("restore", backup, "--replace", "--yes")
          let after = delays.measure { askers.status(access.tokenID) }
          #expect(after != 200 && !askers.statuses(access.tokenID).contains(200), "\(time)")
        }
        delays.tell("restore")
        try store.succeed("token", "enable", access.name, try access.tokenName)
        #expect(askers.statuses(access.tokenID) == [200, 200, 200, 200])
        let other = store.folder.path + "/other"
        try store.succeed("restore", backup, "--keys-input", backup + ".keys", "--store", other)
        try #require(rename(store.path, store.path + "-before") == 0 && rename(other, store.path) == 0)
        #expect(!askers.statuses(access.tokenID).contains(200), "another store in its place")
      }
    }

    @Test("nor at the instant at which a token ends, though nobody writes anything")
    func instant() throws {
      try onStore(mayReveal: true) { store in
        let access = try TakenAccess(store.path)
        let house = try GateHouse(store)
        defer { house.end() }
        let askers = try Askers(house.socket)
        let end = Int(time(nil)) + 3
        try access.setEnd(try #require(Timestamp(secondsSince1970: Int64(end))))
        var (before, after) = (0, 0)
        while after < 100 {
          let isOver = time(nil) >= end
          let statuses = askers.statuses(access.tokenID, rounds: 1)
          if isOver {
            after += statuses.count
            #expect(!statuses.contains(200))
          } else if statuses.contains(200) {
            before += 1
          }
        }
        #expect(before > 10)
      }
    }
  }
}
