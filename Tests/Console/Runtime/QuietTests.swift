import Console
import Terminal
import Testing

@Suite("A screen that opens by itself takes no key that is meant for what was there before")
struct QuietTests {
  private enum Answer: Hashable, Sendable { case confirm, cancel }

  /// Its question opens when its work is done, as an offer of drafts does.
  private struct Asker: Screen {
    enum Message: Hashable, Sendable { case ask, asked, answered(Answer), count }
    var answer: Answer?
    var count = 0

    var title: String { "Asker" }
    var bindings: [KeyBinding<Message>] {
      [
        KeyBinding("o", hint: "ask", message: .ask),
        KeyBinding("a", "j", .enter, hint: "count", message: .count),
      ]
    }
    mutating func update(_ message: Message) -> Effect<Message> {
      switch message {
      case .ask: return .run("working", awaited: false) { .asked }
      case .asked:
        return .open(
          QuestionDialog<Answer>(
            title: "By itself", text: "Go on?",
            buttons: [Button(.confirm, "Go on", isDefault: true), Button(.cancel, "Later")], focus: .confirm,
            escape: .cancel, opensByItself: true)
        ) { .answered($0) }
      case .answered(let answer): self.answer = answer
      case .count: count += 1
      }
      return .none
    }
    func draw(on frame: inout Frame<Message>) {
      frame.put("answer: \(answer.map { "\($0)" } ?? "none"), count: \(count)", in: frame.bounds)
    }
  }

  private static let explanation = "this has opened by itself"

  private func console(size: Size = Size(columns: 80, rows: 24)) -> TimedConsole {
    TimedConsole(Compositor(root: Asker(), settings: .example, size: size))
  }

  @Test(
    "typing, pasting and clicking meanwhile answer nothing, and the console says so",
    arguments: [
      [.key(.enter)], [.key(.down), .key(.enter)], [.key(.tab), .key(.enter)], [.key(.escape)],
      [.key(.character(" "))], [.key(.control("c"))], [.key("j"), .key(.enter), .key(.enter)], [.paste("x")],
      [.mouse(Mouse(.click, at: Point(column: 20, row: 12)))],
    ] as [[Event]])
  func refuses(events: [Event]) {
    var console = console()
    console.press("o")
    #expect(console.text.contains(Self.explanation))
    for event in events { console.handle(event) }
    #expect(console.text.contains("Go on?"))
    #expect(console.text.contains("nothing was pressed: “By itself” had just opened"))
    console.wait(seconds: 1)
    #expect(!console.text.contains(Self.explanation))
    console.press("Enter")
    #expect(console.text.contains("answer: confirm, count: 0"))
    #expect(!console.text.contains("nothing was pressed"))
  }

  @Test("whoever types on is waited for: each key begins the moment anew")
  func begins() {
    var console = console()
    console.press("o")
    console.wait(milliseconds: 599)
    console.press("j")
    console.wait(milliseconds: 599)
    console.press("Enter")
    #expect(console.text.contains("Go on?"))
    console.wait(milliseconds: 600)
    console.press("Esc")
    #expect(console.text.contains("answer: cancel"))
  }

  @Test("the keys about the terminal itself work, and so does a new size")
  func terminalKeys() {
    var console = console()
    console.press("o C-l C-z")
    #expect(console.suspends)
    console.handle(.resize(Size(columns: 60, rows: 20)))
    #expect(!console.text.contains("nothing was pressed"))
    console.wait(seconds: 1)
    console.press("Enter")
    #expect(console.text.contains("answer: confirm"))
  }

  @Test("a screen that a key opened takes the next key at once")
  func asked() {
    var console = TimedConsole(
      Compositor(root: Counter(), settings: .example, size: Size(columns: 80, rows: 24)))
    console.press("d Enter")
    #expect(console.text.contains("count 10"))
  }
}
