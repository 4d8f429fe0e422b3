import Access
import Foundation
import Glibc
import Testing

extension EndToEnd {
  /// The gate is one process, whoever takes is another, and whoever asks has two connections to it.
  @Suite("what is taken away opens nothing from then on")
  struct TakenAccessTests {
    /// How often each is taken; `POPSEC_TAKES` in the environment names another number.
    private static let times = ProcessInfo.processInfo.environment["POPSEC_TAKES"].flatMap { Int($0) } ?? 10

    private final class Askers {
      private let descriptors: [Int32]

      init(_ socket: String) throws {
        descriptors = try (0..<2).map { _ in
          guard let descriptor = GateHouse.connect(toUnix: socket) else { throw Failure("no gate") }
          return descriptor
        }
      }

      deinit { for descriptor in descriptors { close(descriptor) } }

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
        for time in 0..<Self.times {
          #expect(askers.statuses(access.tokenID) == [200, 200, 200, 200], "\(time)")
          try access.set(part, false)
          let after = askers.statuses(access.tokenID)
          #expect(!after.contains(200) && !after.contains(nil), "\(time): \(after)")
          try access.set(part, true)
        }
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
          try store.succeed("token", "disable", "Portal Mexico", try access.name)
          #expect(!askers.statuses(access.tokenID).contains(200))
          try store.succeed("token", "enable", "Portal Mexico", try access.name)
          _ = try writer.finish()
        }
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
