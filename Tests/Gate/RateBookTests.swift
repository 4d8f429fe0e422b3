import Access
@testable import Gate
import Store
import Testing

@Suite("Rates of several gates")
struct RateBookTests {
  private let token = TokenRowID.random()

  @Test(
    "what other gates let through in the last minute counts", arguments: [(0, 5), (3, 2), (5, 0), (9, 0)])
  func others(count: Int, left: Int) {
    let book = RateBook()
    book.setOthers([token: count])
    let taken = (0..<10).count { _ in book.take(token, limit: 5, atMilliseconds: 1_000) == nil }
    #expect(taken == left)
    // As soon as they say that it was less, there is room again.
    book.setOthers([:])
    #expect((book.take(token, limit: 5, atMilliseconds: 2_000) == nil) == (left < 5))
  }

  @Test("a gate tells what it let through in the last minute, and forgets it after two")
  func counts() {
    let book = RateBook()
    for _ in 0..<4 { #expect(book.take(token, limit: 10, atMilliseconds: 0) == nil) }
    #expect(book.counts(atMilliseconds: 30_000) == [token: 4])
    #expect(book.counts(atMilliseconds: 90_000) == [token: 2])
    #expect(book.counts(atMilliseconds: 130_000).isEmpty)
  }

  @Test("a report that was written down is read again")
  func report() {
    let counts = [token: 7, .random(): 1]
    let report = RateReport(gate: .random(), turn: 3, counts: counts)
    #expect(RateReport(gate: report.gate, turn: 3, text: report.text) == report)
    #expect(RateReport(gate: report.gate, turn: 3, text: "")?.counts == [:])
  }

  @Test(
    "what is no report is refused",
    arguments: ["x", "1", "1:", "1:0", "1:-2", "1:2:3", "a:1", "1:1,2:2", "0:1"])
  func malformed(text: String) {
    #expect(RateReport(gate: .random(), turn: 1, text: text) == nil)
  }
}
