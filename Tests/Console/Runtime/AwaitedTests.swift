import Testing

@testable import Console

@Suite("What layers wait for comes once, in order, and only while it is wanted")
struct AwaitedTests {
  private let layer = LayerID(number: 1)
  private let other = LayerID(number: 2)
  private var awaited = Awaited()

  @discardableResult
  private mutating func addTimer(_ wait: Int, key: String? = nil, of layer: LayerID? = nil) -> Int {
    awaited.add(.timer(milliseconds: wait), for: layer ?? self.layer, key: key, now: 0) { .none }
    return awaited.due(by: .max).max() ?? 0
  }

  private mutating func addWork(
    _ label: String, key: String? = nil, of layer: LayerID? = nil, awaiting: Awaiting = false
  ) {
    awaited.add(
      .work(label: label, awaiting: awaiting), for: layer ?? self.layer, key: key, now: 0
    ) { .none }
  }

  @Test("the earliest timer says how long to wait, and what is due comes in order")
  mutating func order() {
    #expect(awaited.timeout(now: 0) == nil)
    let late = addTimer(300)
    let early = addTimer(100)
    #expect(awaited.timeout(now: 40) == 60)
    #expect(awaited.timeout(now: 140) == 0)
    #expect(awaited.due(by: 99).isEmpty)
    #expect(awaited.due(by: 300) == [early, late])
    for ticket in [early, late] { _ = awaited.take(ticket) }
    #expect(awaited.timeout(now: 300) == nil)
  }

  @Test("a timer that nobody wants any more wakes nobody")
  mutating func unwanted() {
    addTimer(10, of: other)
    addTimer(20, key: "a")
    addTimer(50)
    awaited.cancelAll(of: other)
    awaited.cancel("a", of: layer)
    #expect(awaited.timeout(now: 0) == 50)
  }

  @Test("each entry is taken once")
  mutating func once() {
    let ticket = addTimer(10)
    let isFirstTaken = awaited.take(ticket) != nil
    let isSecondTaken = awaited.take(ticket) != nil
    #expect(isFirstTaken && !isSecondTaken)
  }

  @Test("a newer one of the same key and layer replaces the older")
  mutating func keys() {
    addWork("old", key: "a")
    addWork("other", key: "a", of: other)
    addWork("new", key: "a")
    #expect(awaited.label == "other")
    awaited.cancelAll(of: other)
    #expect(awaited.label == "new")
    awaited.cancel("a", of: layer)
    #expect(awaited.label == nil)
  }

  @Test("a few pieces of work are under way at once, and what is not wanted any more is not begun")
  mutating func work() {
    for number in 1...5 { addWork("\(number)", key: "\(number)") }
    addTimer(10)
    let first = awaited.begin().map(\.ticket)
    #expect(first == [1, 2, 3])
    #expect(awaited.begin().isEmpty)
    awaited.cancel("4", of: layer)
    // One that was cancelled takes its place until it ends.
    awaited.cancel("1", of: layer)
    #expect(awaited.begin().isEmpty)
    let isWanted = awaited.take(1) != nil
    #expect(!isWanted)
    #expect(awaited.begin().map(\.ticket) == [5])
  }

  @Test(
    "keys wait for work that is awaited, and text for all but what leaves it alone",
    arguments: [(.nothing, false, false), (.allButText, true, false), (.all, true, true)]
      as [(Awaiting, Bool, Bool)])
  mutating func holding(_ awaiting: Awaiting, holdsKeys: Bool, holdsText: Bool) {
    addWork("reading", awaiting: awaiting)
    #expect(awaited.holdsKeys == holdsKeys)
    #expect(awaited.holdsText == holdsText)
  }
}
