import Console
import Terminal
import Testing

@Suite struct FrameTests {
  private let size = Size(columns: 10, rows: 4)

  @Test("nothing is drawn outside of a child's rectangle")
  func clipping() {
    var frame = Frame<Int>(Canvas(size), bounds: Rect(size))
    frame.child(Rect(column: 2, row: 1, columns: 4, rows: 2)) { child in
      child.put("abcdefgh", column: 2, row: 1)
      child.put("above", column: 2, row: 0)
      child.put("below", column: 2, row: 3)
      child.put("left", column: 0, row: 2)
      child.fill(Rect(column: 5, row: 0, columns: 9, rows: 9), with: "#")
    }
    #expect(frame.drawn == "\n  abc#\n     #\n")
  }

  @Test("where zones overlap, the one that was drawn last takes the click")
  func zones() {
    var frame = Frame<Int>(Canvas(size), bounds: Rect(size))
    frame.clickable(Rect(size), 1)
    frame.child(Rect(column: 2, row: 1, columns: 4, rows: 2), { $0 * 10 }) { child in
      child.clickable(Rect(column: 0, row: 0, columns: 4, rows: 4), 2)
      child.wheel(child.bounds, up: 3, down: 4)
    }
    #expect(frame.message(at: Point(column: 0, row: 0)) == 1)
    #expect(frame.message(at: Point(column: 2, row: 1)) == 20)
    #expect(frame.message(at: Point(column: 4, row: 1)) == 1)
    #expect(frame.message(at: Point(column: 4, row: 1), .wheelUp) == 30)
    #expect(frame.message(at: Point(column: 0, row: 0), .wheelUp) == nil)
  }

  @Test("the cursor is shown within the bounds only")
  func cursor() {
    var frame = Frame<Int>(Canvas(size), bounds: Rect(column: 0, row: 0, columns: 5, rows: 1))
    frame.showCursor(column: 5, row: 0)
    #expect(frame.cursor == nil)
    frame.showCursor(column: 4, row: 0)
    #expect(frame.cursor == Point(column: 4, row: 0))
  }
}
