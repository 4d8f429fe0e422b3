import Testing

@testable import Console

@Suite("What is seen stays within the text") struct ScrollingTests {
  @Test(
    "moving ends at the first and the last line",
    arguments: [
      (lines: 30, visible: 10, moves: [5], top: 5),
      (lines: 30, visible: 10, moves: [5, -9], top: 0),
      (lines: 30, visible: 10, moves: [100], top: 20),
      (lines: 30, visible: 10, moves: [100, -1], top: 19),
      (lines: 10, visible: 10, moves: [1], top: 0),
      (lines: 3, visible: 10, moves: [1, 1], top: 0),
      (lines: 0, visible: 10, moves: [1], top: 0),
      (lines: 3, visible: 0, moves: [9], top: 2),
    ])
  func ends(lines: Int, visible: Int, moves: [Int], top: Int) {
    var scrolling = Scrolling()
    scrolling.fit(lines: lines, into: visible)
    for move in moves { scrolling.move(by: move) }
    #expect(scrolling.top == top)
  }

  @Test("more room shows the lines above, rather than empty rows below the last")
  func grows() {
    var scrolling = Scrolling()
    scrolling.fit(lines: 30, into: 10)
    scrolling.move(by: 30)
    scrolling.fit(lines: 30, into: 25)
    #expect(scrolling.top == 5)
  }

  @Test("the keys move by a line, a page and to both ends; they are hinted where there is more")
  func keys() {
    var scrolling = Scrolling()
    scrolling.fit(lines: 30, into: 10)
    let bindings = scrolling.bindings { $0 }
    #expect(bindings.map(\.message) == [1, -1, 10, -10, 5, -5, -30, 30])
    #expect(bindings.map(\.isHinted) == [true, false, true, false, false, false, false, false])
    scrolling.fit(lines: 10, into: 10)
    let unneeded = scrolling.bindings { $0 }
    #expect(unneeded.allSatisfy { !$0.isHinted })
  }
}
