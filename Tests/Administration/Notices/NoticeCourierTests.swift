import Access
import Store
import TestSupport
import TestTraits
import Testing

@testable import Administration

@Suite("notices are handed over in order, each at least once", .onEachEngine)
struct NoticeCourierTests {
  private let world: NoticeWorld

  init() throws { world = try NoticeWorld() }

  private static let day: Int64 = 86_400

  @Test("in order, and those behind one that fails wait with it")
  func order() throws {
    for name in ["A", "B", "C"] { try world.token(name, days: 2) }
    world.advance(Self.day + 1)
    #expect(try world.raise().raised.count == 3)
    let order = try world.notices.map(\.event.id)
    var handed: [String] = []
    let first = try world.send { event in
      handed.append(event.id)
      return handed.count == 2 ? .failed("away") : .delivered
    }
    #expect(first.deliveredCount == 1 && first.waitingCount == 2 && first.failed?.problem == "away")
    #expect(first.nextAttemptAt == world.now.adding(seconds: 45))
    // Before its time nothing is tried.
    world.advance(44)
    #expect(try world.send { _ in .failed("never") }.failed == nil)
    world.advance(1)
    let second = try world.send { event in
      handed.append(event.id)
      return .delivered
    }
    #expect(second.deliveredCount == 2 && second.waitingCount == 0 && second.nextAttemptAt == nil)
    #expect(handed == [order[0], order[1], order[1], order[2]])
    #expect(try world.notices.allSatisfy { $0.state == .delivered && $0.problem == nil })
  }

  @Test("a notice that the receiver refuses is given up at once, and keeps nothing behind it waiting")
  func refused() throws {
    for name in ["A", "B"] { try world.token(name, days: 2) }
    world.advance(Self.day + 1)
    try world.raise()
    var count = 0
    let run = try world.send { _ in
      count += 1
      return count == 1 ? .refused("too odd") : .delivered
    }
    #expect(run.refused.map(\.problem) == ["too odd"] && run.deliveredCount == 1 && run.waitingCount == 0)
    #expect(try world.notices.map(\.state) == [.givenUp, .delivered])
    #expect(try world.raise().raised.isEmpty)
  }

  @Test("whoever dies with a notice in their hands has it handed over once more")
  func dies() throws {
    struct Death: Error {}
    try world.token("A", days: 2)
    world.advance(Self.day + 1)
    try world.raise()
    // While one process has it, another leaves it alone.
    let run = try world.send { _ in
      let other = try world.send { _ in .delivered }
      #expect(other.deliveredCount == 0 && other.waitingCount == 1)
      return .failed("away")
    }
    #expect(run.failed?.attemptCount == 1)
    world.advance(3_600)
    #expect(throws: Death.self) { try world.send { _ in throw Death() } }
    world.advance(3_600)
    #expect(try world.send().deliveredCount == 1)
  }

  @Test("a receiver that is away for a week is asked less and less, and gets all when it is back")
  func week() throws {
    try world.token("A", days: 2)
    world.advance(Self.day + 1)
    try world.raise()
    var attempts: [Timestamp] = []
    let end = world.now.adding(days: 7)
    while world.now < end {
      let run = try world.send { _ in
        attempts.append(world.now)
        return .failed("away")
      }
      #expect(run.waitingCount == 1)
      world.advance(300)
      try world.raise()
    }
    // Nine steps up to four hours, then one each three hours, which is what half the chance makes of four.
    #expect((50...70).contains(attempts.count))
    let gaps = zip(attempts, attempts.dropFirst()).map { $1.secondsSince1970 - $0.secondsSince1970 }
    #expect(zip(gaps, gaps.dropFirst()).allSatisfy { $0 <= $1 + 300 })
    world.advance(5 * 3_600)
    #expect(try world.send().deliveredCount == 1)
  }
}
