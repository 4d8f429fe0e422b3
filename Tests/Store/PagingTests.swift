import Store
import Testing

@Suite("Going through a list page by page")
struct PagingTests {
  /// As a store answers: from 1 to `count`, at most so many a page.
  private func page(_ count: Int, _ position: PagePosition<Int>, limit: Int) -> Page<Int> {
    let all = Array(1...max(1, count)).filter { $0 <= count }
    let rows: [Int] =
      switch position {
      case .first: Array(all.prefix(limit))
      case .last: all.suffix(limit)
      case .after(let row): Array(all.filter { $0 > row }.prefix(limit))
      case .before(let row): all.filter { $0 < row }.suffix(limit)
      }
    return Page(
      rows: rows, hasBefore: rows.first.map { $0 > 1 } ?? false,
      hasAfter: rows.last.map { $0 < count } ?? false)
  }

  @Test(
    "each row comes once, in both directions, and an empty list has one empty page",
    arguments: [0, 1, 2, 3, 4, 6, 7])
  func eachRowOnce(count: Int) {
    var forwards = Paging(by: { (row: Int) in row })
    var pages: [[Int]] = []
    while let rows = forwards.next({ page(count, $0, limit: 3) }) { pages.append(rows) }
    #expect(pages.flatMap(\.self) == Array(1...max(1, count)).filter { $0 <= count })
    #expect(pages.count == max(1, (count + 2) / 3))
    #expect(forwards.isAtEnd)

    var backwards = Paging(backwardsBy: { (row: Int) in row })
    var found: [Int] = []
    while let rows = backwards.next({ page(count, $0, limit: 3) }) { found = rows + found }
    #expect(found == pages.flatMap(\.self))
  }

  @Test("paging begins after a row, and asks for no page after the last")
  func beginsBehind() {
    var paging = Paging(by: { (row: Int) in row }, after: 4)
    #expect(paging.next { page(6, $0, limit: 3) } == [5, 6])
    var isAsked = false
    let more = paging.next { position in
      isAsked = true
      return page(6, position, limit: 3)
    }
    #expect(more == nil && !isAsked)
  }

  @Test("a page that can't be read is asked for again")
  func failedRead() throws {
    struct Failure: Error {}
    var paging = Paging(by: { (row: Int) in row })
    #expect(throws: Failure.self) { try paging.next { _ in throw Failure() } }
    #expect(paging.next { page(2, $0, limit: 3) } == [1, 2])
  }
}
