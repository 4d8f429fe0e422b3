import Synchronization
import Terminal
import Testing

@testable import Console

/// What holds for every screen, however large the terminal is.
@Suite("Screens hold at every size")
struct EverySizeTests {
  static let sizes = [
    Size(columns: 50, rows: 12), Size(columns: 66, rows: 17), Size(columns: 120, rows: 40),
    Size(columns: 200, rows: 50),
  ]

  @Test(
    "no text is cut without a sign, and what is selected can be seen",
    arguments: GoldenTests.screens.map(\.name), sizes)
  func holds(name: String, size: Size) throws {
    try GoldenTests.onScreen(name, size) { console in
      let cuts = Mutex<Set<String>>([])
      Canvas.$noteCut.withValue({ text in cuts.withLock { _ = $0.insert(text) } }) { console.elapse() }
      #expect(cuts.withLock { $0 } == [])
      let canvas = console.canvas
      Golden.checkSelection(of: canvas, name)
      for place in [canvas.cursor, canvas.selection] {
        if let place { #expect(canvas.bounds.contains(place)) }
      }
    }
  }
}
