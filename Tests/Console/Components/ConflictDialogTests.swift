import Terminal
import Testing

@testable import Console

@Suite("Two versions stand side by side, and one is chosen")
struct ConflictDialogTests {
  private static let rows = [
    ConflictRow(part: "Vendors", theirs: "[x]", mine: "[x]"),
    ConflictRow(part: "Sales Orders", theirs: "[x]", mine: "[ ]"),
    ConflictRow(part: "東京の売上", theirs: "[ ]", mine: "[x]"),
  ]

  /// Keeps the answer of the dialog that it opens.
  private struct Opener: Screen {
    enum Message: Sendable { case open, answered(ConflictAnswer) }
    let rows: [ConflictRow]
    var answer: ConflictAnswer?

    var title: String { "Opener" }
    var bindings: [KeyBinding<Message>] { [KeyBinding("o", hint: "open", message: .open)] }
    mutating func update(_ message: Message) -> Effect<Message> {
      switch message {
      case .open: return .open(ConflictDialog(rows)) { .answered($0) }
      case .answered(let answer): self.answer = answer
      }
      return .none
    }
    func draw(on frame: inout Frame<Message>) {
      frame.put("answer: \(answer.map { "\($0)" } ?? "none")", in: frame.bounds)
    }
  }

  @Test("rows that differ come first, with a sign", arguments: GoldenTests.sizes)
  func looks(size: Size) throws {
    var console = ConsoleDriver(Opener(rows: Self.rows), size: size)
    console.press("o")
    console.elapse()
    try Golden.check(console.canvas, "conflict-\(size.columns)x\(size.rows)")
  }

  @Test(
    "Enter and Esc go back, and the buttons say what they do",
    arguments: [
      ("Enter", "back"), ("Esc", "back"), ("Tab Enter", "takeTheirs"), ("Tab Tab Enter", "saveMine"),
    ])
  func answers(keys: String, answer: String) {
    var console = ConsoleDriver(Opener(rows: Self.rows))
    console.press("o")
    console.elapse()
    console.press(keys)
    #expect(console.text.contains("answer: \(answer)"))
  }

  @Test("more rows than there is room for can be paged through")
  func pages() {
    let rows = (1...30).map { ConflictRow(part: "List \($0)", theirs: "[x]", mine: "[ ]") }
    var console = ConsoleDriver(Opener(rows: rows))
    console.press("o")
    console.elapse()
    #expect(console.text.contains("PgDn shows more"))
    #expect(!console.text.contains("List 30"))
    console.press("PgDn*3")
    #expect(console.text.contains("List 30"))
    #expect(!console.text.contains("PgDn shows more"))
  }
}
