import Access
import Store
import TestSupport
import Testing

@Suite("What gates answered by what they knew")
struct StaleSpanTests {
  private func span(_ first: Int64, _ count: Int, host: String = "web1") throws -> StaleSpan {
    StaleSpan(
      id: .random(), host: try Name(host), process: 7, firstAt: .start.adding(seconds: first),
      lastAt: .start.adding(seconds: first + 5), count: count)
  }

  @Test("is kept in the order of its beginning", arguments: Engine.all)
  func order(engine: Engine) throws {
    let fixture = try Fixture(engine)
    let uses = fixture.uses
    #expect(try uses.staleSpans() == [])
    let spans = [try span(9, 1), try span(3, 2, host: "wëb two"), try span(6, 3)]
    for span in spans { try uses.add(span) }
    #expect(try uses.staleSpans() == [spans[1], spans[2], spans[0]])
  }

  @Test("is one span where it is written twice, as it was at first", arguments: Engine.all)
  func twice(engine: Engine) throws {
    let fixture = try Fixture(engine)
    let uses = fixture.uses
    let span = try span(0, 4)
    try uses.add(span)
    try uses.add(span)
    try uses.add(
      StaleSpan(
        id: span.id, host: span.host, process: 8, firstAt: span.firstAt, lastAt: span.lastAt, count: 9))
    #expect(try uses.staleSpans() == [span])
  }
}
