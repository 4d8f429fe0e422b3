import Access
import Administration
import Store
import Terminal
import Testing

@testable import Console

@Suite("Live shows the gate's decisions as they come")
struct LiveScreenTests {
  private func world() throws -> ScreenWorld {
    let world = try ScreenWorld()
    try world.addCatalogue()
    try world.addPeople()
    try world.decide(1, sums(allowed: 5, denied: 1))
    return world
  }

  private func sums(allowed: Int, denied: Int) -> DecisionSums {
    var sums = DecisionSums()
    sums.count(DecisionSum(allowed: allowed, denied: denied), at: ScreenWorld.now)
    return sums
  }

  private func denials(_ console: ConsoleDriver) -> Int {
    console.lines.count { $0.contains("Portal Mexico/portal") || $0.contains("203.0.113.9") }
  }

  @Test("allowed ones are counted, and denials are listed one by one")
  func follows() throws {
    let world = try world()
    var console = world.console()
    console.press("s v")
    #expect(console.lines[1].contains("live · since 12:00: 0 allowed, 0 denied"))
    #expect(denials(console) == 1)
    try world.decide(2, sums(allowed: 1_200, denied: 1))
    console.elapse()
    #expect(console.lines[1].contains("1,200 allowed (+1,200), 1 denied"))
    #expect(denials(console) == 2)
    console.elapse()
    #expect(console.lines[1].contains("1,200 allowed, 1 denied"))
    console.press("Enter")
    #expect(console.text.contains("DENIED"))
  }

  @Test("while the page is paused nothing comes, and afterwards all that was missed")
  func pauses() throws {
    let world = try world()
    var console = world.console()
    console.press("s v Space")
    for decision in UInt64(2)...4 { try world.decide(decision, sums(allowed: 1, denied: 1)) }
    console.elapse()
    #expect(console.lines[1].contains("paused · since 12:00: 0 allowed, 0 denied"))
    #expect(denials(console) == 1)
    console.press("Space")
    #expect(console.lines[1].contains("live · since 12:00: 3 allowed (+3), 3 denied"))
    #expect(denials(console) == 4)
  }

  @Test(
    "a filter leaves the denials that match, those that come later too",
    arguments: [("grant", 2), ("nowhere", 0)])
  func filters(text: String, count: Int) throws {
    let world = try world()
    var console = world.console()
    console.press("s v / \"\(text)\" Enter")
    try world.decide(2, sums(allowed: 0, denied: 1))
    console.elapse()
    #expect(denials(console) == count)
  }

  @Test("the page looks each second, and a console that nobody uses is locked all the same")
  func locks() throws {
    let world = try world()
    var console = TimedConsole(
      ConsoleRoot.compositor(
        world.context(), titleBar: "store", size: Size(columns: 80, rows: 24),
        rules: ConsoleRules(lockAfterMilliseconds: 60_000, endAfterMilliseconds: 600_000)))
    console.press("s v")
    console.wait(seconds: 59)
    #expect(!console.compositor.isLocked)
    console.wait(seconds: 1)
    #expect(console.compositor.isLocked)
  }

  @Test(
    "the first row follows the newest denial, and any other stays selected",
    arguments: [("", 0), ("Down", 2)])
  func selection(keys: String, row: Int) throws {
    let world = try world()
    try world.decide(2, sums(allowed: 0, denied: 1))
    var console = world.console()
    console.press("s v \(keys)")
    try world.decide(3, sums(allowed: 0, denied: 1))
    console.elapse()
    let first = try #require(console.lines.firstIndex { $0.contains("Time (") }) + 1
    #expect(console.lines[first + row].hasPrefix("▸"))
  }

  @Test("where the gate's records begin anew, so do list and sums")
  func anew() {
    var feed = LiveFeed(openedAt: ScreenWorld.now)
    let totals: [(DecisionSum, String)] = [
      (DecisionSum(allowed: 10, denied: 2), "0 0"), (DecisionSum(allowed: 15, denied: 2), "5 0"),
      (DecisionSum(allowed: 1, denied: 1), "1 1"), (DecisionSum(allowed: 4, denied: 1), "4 1"),
    ]
    for (total, told) in totals {
      feed.add(LiveFeed.News(denials: [], isWhole: false, total: total))
      #expect(feed.sum.map { "\($0.allowed) \($0.denied)" } == told)
    }
    feed.add(LiveFeed.News(denials: [], isWhole: false, total: nil))
    #expect(feed.sum == nil && feed.isUncounted)
  }
}
