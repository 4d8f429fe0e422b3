import Terminal
import Testing

@testable import Console

/// Asks for a word, and saves it; `no` can't be saved.
private struct WordDialog: FormDialog {
  enum Field: FormField { case word, accept, cancel }
  typealias Outcome = String

  let title = "Word"
  var form = Form<Field>(
    [
      .text(.word, TextField("Word")),
      .buttons([Button(.accept, "Save", isDefault: true), Button(.cancel, "Cancel")]),
    ], focus: .word)
  var columns = Self.widest
  static var widest: Int { 40 }

  mutating func pressed(_ field: Field) -> Effect<Message> {
    let word = form.text(.word)
    guard !word.isEmpty else { return complain(.word, "write a word") }
    return busy(.run("saving") { .ended(word == "no" ? .failure(Problem("not this one")) : .success(word)) })
  }

  mutating func failed(_ problem: Problem) -> Effect<Message> { complain(.word, problem.message) }
}

/// Opens the dialog, and shows its answers.
private struct Asker: Screen {
  enum Message: Sendable { case answered(String) }
  var answers: [String] = []
  let title = "Asker"

  var bindings: [KeyBinding<Message>] {
    [KeyBinding("o", hint: "open") { .open(WordDialog()) { .answered($0) } }]
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    if case .answered(let answer) = message { answers.append(answer) }
    return .none
  }

  func draw(on frame: inout Frame<Message>) {
    frame.put("answers: " + answers.joined(separator: " "), in: frame.bounds)
  }
}

@Suite("A dialog that is one form carries out once what was asked for, and stays where that fails")
struct FormDialogTests {
  @Test(
    "its buttons, Enter in its field and Esc do what they say",
    arguments: [
      ("o \"yes\" Enter", "answers: yes", ["Asker"]), ("o \"yes\" Tab Enter", "answers: yes", ["Asker"]),
      ("o \"yes\" Tab*2 Enter", "answers:", ["Asker"]), ("o \"yes\" Esc", "answers:", ["Asker"]),
      ("o Enter", "answers:", ["Asker", "Word"]), ("o \"no\" Enter", "answers:", ["Asker", "Word"]),
      ("o \"no\" Enter Bs*2 \"so\" Enter", "answers: so", ["Asker"]),
    ])
  func answers(keys: String, line: String, titles: [String]) {
    var driver = ConsoleDriver(Asker())
    driver.press(keys)
    #expect(driver.lines[1] == line)
    #expect(driver.compositor.titles == titles)
  }

  @Test("an error stands at its field, which gets the focus, until the text is changed")
  func complains() {
    var driver = ConsoleDriver(Asker())
    driver.press("o Tab Enter")
    #expect(driver.text.contains("write a word"))
    driver.press("a")
    #expect(!driver.text.contains("write a word"))
    #expect(driver.text.contains("Word  a"))
  }

  @Test("while it is being carried out no button begins it again, and Esc leaves")
  func busy() {
    var driver = ConsoleDriver(Asker())
    driver.holdsWork = true
    driver.press("o \"yes\" Enter Enter Enter")
    #expect(driver.heldWork.count == 1)
    driver.press("Esc")
    #expect(driver.compositor.titles == ["Asker"])
    driver.finishWork([0])
    #expect(driver.lines[1] == "answers:")
  }
}

@Suite struct KeyBindingTests {
  @Test("bindings stand under one heading, and share why they can't be done")
  func shared() {
    let bindings = [
      KeyBinding("a", hint: "first", message: 1),
      KeyBinding("b", hint: "second", unless: "empty", message: 2),
    ]
    #expect(bindings.under("Tokens").map(\.group) == ["Tokens", "Tokens"])
    #expect(bindings.unless(nil).map(\.obstacle) == [nil, "empty"])
    #expect(bindings.unless("read-only").map(\.obstacle) == ["read-only", "read-only"])
  }
}
