import Terminal
import Testing

@Suite("canvas")
struct CanvasTests {
  private func canvas(_ columns: Int, _ rows: Int, _ draw: (inout Canvas) -> Void) -> Canvas {
    var canvas = Canvas(Size(columns: columns, rows: rows))
    draw(&canvas)
    return canvas
  }

  @Test("text is cut at the canvas' edge, at its columns, and outside nothing is drawn")
  func cuts() {
    let drawn = canvas(5, 2) {
      $0.put("abcdefgh", column: 2, row: 0)
      $0.put("abcdefgh", column: 0, row: 1, columns: 2)
      $0.put("never", column: 0, row: 2)
      $0.put("never", column: 0, row: -1)
      $0.put("xyz", column: -2, row: 1)
    }
    #expect(drawn.text == "  abc\nzb")
  }

  @Test("a wide glyph that would be cut is left out")
  func wideAtTheEdge() {
    #expect(canvas(3, 1) { $0.put("漢字", column: 0, row: 0) }.text == "漢")
  }

  @Test(
    "a text that cuts a wide glyph in half blanks its other half",
    arguments: [(0, "x 字"), (1, " x字"), (3, "漢 x")])
  func halves(_ column: Int, _ text: String) {
    let drawn = canvas(4, 1) {
      $0.put("漢字", column: 0, row: 0)
      $0.put("x", column: column, row: 0)
    }
    #expect(drawn.text == text)
  }

  @Test("a box has its corners, its title cut to fit, and leaves what it encloses")
  func box() {
    let drawn = canvas(12, 3) {
      $0.fill($0.bounds, with: ".")
      $0.box($0.bounds, title: "Add API user")
    }
    #expect(drawn.text == "┌─ Add A… ─┐\n│..........│\n└──────────┘")
  }

  @Test("boxes and lines too big, too small or outside draw nothing wrong", arguments: [-3, -1, 0, 1, 2, 9])
  func clipped(_ extent: Int) {
    let drawn = canvas(3, 3) {
      $0.box(Rect(column: extent, row: extent, columns: extent, rows: extent), title: "title")
      $0.box(Rect(column: -1, row: -1, columns: 20, rows: 20), title: "a title")
      $0.scrollbar(in: Rect(column: extent, row: 0, columns: 1, rows: 9), offset: 1, visible: 1, total: 4)
    }
    #expect(drawn.cells.count == 9)
  }

  @Test(
    "the scroll bar's thumb touches an end only where that end is seen",
    arguments: [(0, "█│││"), (1, "│█││"), (50, "│█││"), (95, "││█│"), (96, "│││█")])
  func scrollbar(_ offset: Int, _ bar: String) {
    let drawn = canvas(1, 4) {
      $0.scrollbar(in: $0.bounds, offset: offset, visible: 4, total: 100)
    }
    #expect(drawn.text.split(separator: "\n").joined() == bar)
  }

  @Test("there is no scroll bar where everything is seen")
  func noScrollbar() {
    #expect(canvas(1, 2) { $0.scrollbar(in: $0.bounds, offset: 0, visible: 5, total: 5) }.text == "\n")
  }

  @Test("a golden frame shows the text, the styles and the cursor")
  func golden() {
    let drawn = canvas(8, 2) {
      $0.put("ab 漢", column: 0, row: 0, style: .selected)
      $0.put("bad", column: 0, row: 1, style: Style(.danger, .bold))
      $0.put("odd", column: 4, row: 1, style: Style(.good, [.reverse, .underline]))
      $0.cursor = Point(column: 3, row: 1)
    }
    #expect(
      drawn.golden == """
        ab 漢
        bad odd
        === styles
        RRRRR
        DDD.000
        === legend
        0 good reverse underline
        D danger bold
        R reverse
        cursor: column 3, row 1

        """)
  }

  @Test(
    "only the cells that changed are sent, whole glyphs always",
    arguments: [
      ("abcdef", "abcdef", nil), ("abcdef", "abXdYf", 2..<5), ("漢字ab", "漢字aX", 5..<6),
      ("漢字ab", "漢xyab", 2..<4), ("xy字ab", "漢字ab", 0..<2), ("a漢bcd", "ax bcd", 1..<3),
    ] as [(String, String, Range<Int>?)])
  func changes(_ old: String, _ new: String, _ range: Range<Int>?) {
    let before = canvas(6, 1) { $0.put(old, column: 0, row: 0) }
    let after = canvas(6, 1) { $0.put(new, column: 0, row: 0) }
    #expect(RowChange.range(of: 0, in: after, over: before, columns: 6) == range)
    #expect(RowChange.range(of: 0, in: after, over: nil, columns: 6) == 0..<6)
  }
}
