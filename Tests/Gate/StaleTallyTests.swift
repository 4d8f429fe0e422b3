import Access
import Testing

@testable import Gate

@Suite("What a gate keeps of its answers by what it knew")
struct StaleTallyTests {
  private func at(_ second: Int64) -> Timestamp { .start.adding(seconds: second) }

  /// Looks so often, and returns what was due at the last look.
  @discardableResult
  private func look(_ tally: inout StaleTally, _ times: Int, isReached: Bool = true) -> StaleTally.Span? {
    var due: StaleTally.Span?
    for _ in 0..<times { due = tally.look(isReached: isReached) }
    return due
  }

  @Test(
    "the answers from the first to the last are one span, due once the store has been in reach for a while")
  func span() throws {
    var tally = StaleTally()
    #expect(look(&tally, 100) == nil)
    for second in [10, 12, 40] as [Int64] { tally.count(2, at: at(second)) }
    #expect(look(&tally, 100, isReached: false) == nil)
    #expect(look(&tally, StaleTally.quietLooks - 1) == nil)
    let span = try #require(look(&tally, 1))
    #expect(span.firstAt == at(10) && span.lastAt == at(40) && span.count == 6)
    // It stays due until it is written, although the store may go out of reach.
    #expect(look(&tally, 1, isReached: false) == nil)
    #expect(look(&tally, 1) == span)
    tally.written()
    #expect(look(&tally, 100) == nil && tally.unwritten == [] && tally.total == 6)
  }

  @Test("a store that comes back for a moment, or an answer in between, does not end a span")
  func flaps() throws {
    var tally = StaleTally()
    tally.count(1, at: at(0))
    look(&tally, StaleTally.quietLooks - 1)
    look(&tally, 1, isReached: false)
    look(&tally, StaleTally.quietLooks - 1)
    tally.count(1, at: at(60))
    #expect(look(&tally, StaleTally.quietLooks - 1) == nil)
    #expect(look(&tally, 1)?.count == 2)
  }

  @Test("what is answered while a span waits to be written is another span, so that nothing counts twice")
  func next() throws {
    var tally = StaleTally()
    tally.count(3, at: at(0))
    let first = try #require(look(&tally, StaleTally.quietLooks))
    for outage in 1...3 as ClosedRange<Int64> {
      tally.count(1, at: at(100 * outage))
      #expect(look(&tally, StaleTally.quietLooks) == first)
    }
    #expect(tally.unwritten.map(\.count) == [3, 3])
    tally.written()
    let second = try #require(look(&tally, 1))
    #expect(second.id != first.id && second.firstAt == at(100) && second.lastAt == at(300))
    #expect(tally.total == 6)
  }

  @Test("a gate that ends hands over what it has")
  func closes() {
    var tally = StaleTally()
    #expect(tally.close() == nil)
    tally.count(1, at: at(0))
    look(&tally, StaleTally.quietLooks)
    tally.count(4, at: at(50))
    var counts: [Int] = []
    while let due = tally.close() {
      counts.append(due.count)
      tally.written()
    }
    #expect(counts == [1, 4])
  }

  @Test("a clock that goes back leaves the first time before the last")
  func clock() throws {
    var tally = StaleTally()
    for second in [10, 5, 7] as [Int64] { tally.count(1, at: at(second)) }
    let due = tally.close()
    let span = try #require(due)
    #expect(span.firstAt == at(5) && span.lastAt == at(10) && span.count == 3)
  }
}
