import Terminal
import Testing

@testable import Console

@Suite("Two versions stand side by side, and are merged")
struct ConflictDialogTests {
  private static let rows = [
    ConflictRow(part: "Vendors", theirs: "[x]", mine: "[x]", merged: .alike),
    ConflictRow(part: "Sales Orders", theirs: "[x]", mine: "[ ]", merged: .takes(.theirs)),
    ConflictRow(part: "東京の売上", theirs: "[ ]", mine: "[x]", merged: .takes(.mine)),
    ConflictRow(
      part: "Contractor", theirs: "[x] until 4 Dec", mine: "[x] until 6 Dec", merged: .asks),
  ]

  /// Keeps the answer of the dialog that it opens.
  private struct Opener: Screen {
    enum Message: Sendable { case open, answered(ConflictSide) }
    let rows: [ConflictRow]
    var answer: ConflictSide?

    var title: String { "Opener" }
    var bindings: [KeyBinding<Message>] { [KeyBinding("o", hint: "open", message: .open)] }
    mutating func update(_ message: Message) -> Effect<Message> {
      switch message {
      case .open: return .open(ConflictDialog("Teams", rows)) { .answered($0) }
      case .answered(let answer): self.answer = answer
      }
      return .none
    }
    func draw(on frame: inout Frame<Message>) {
      frame.put("answer: \(answer.map { "\($0)" } ?? "none")", in: frame.bounds)
    }
  }

  @Test(
    "rows that are asked about come first, and signs say what is taken of the others",
    arguments: GoldenTests.sizes)
  func looks(size: Size) throws {
    var console = ConsoleDriver(Opener(rows: Self.rows), size: size)
    console.press("o")
    console.elapse()
    try Golden.check(console.canvas, "conflict-\(size.columns)x\(size.rows)")
  }

  @Test(
    "Enter and Esc go back, and the buttons say what they do",
    arguments: [
      ("Enter", true, "none"), ("Esc", true, "none"), ("Tab Enter", true, "theirs"),
      ("Tab Tab Enter", true, "mine"), ("Enter", false, "none"), ("Tab Enter", false, "mine"),
    ])
  func answers(keys: String, isAsked: Bool, answer: String) {
    var console = ConsoleDriver(Opener(rows: isAsked ? Self.rows : Array(Self.rows.prefix(3))))
    console.press("o")
    console.elapse()
    console.press(keys)
    #expect(console.text.contains("answer: \(answer)"))
  }

  @Test("more rows than there is room for can be paged through")
  func pages() {
    let rows = (1...30).map { ConflictRow(part: "List \($0)", theirs: "[x]", mine: "[ ]", merged: .asks) }
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
