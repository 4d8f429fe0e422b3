import Console
import Terminal
import Testing

@Suite struct TextFieldTests {
  private func type(_ macro: String, into field: inout TextField) {
    for key in keyPresses(macro) {
      if let input = field.typed(.key(key)) { field.update(input) }
    }
  }

  @Test(
    "keys edit the line",
    arguments: [
      ("abc", "abc", 3), ("abc Left Left X", "aXbc", 2), ("abc Home Del", "bc", 0), ("abc Bs*5", "", 0),
      ("abc C-a x C-e y", "xabcy", 5), ("\"one two\" C-w", "one ", 4), ("\"one two  \" C-w", "one ", 4),
      ("abc Left C-u", "c", 0), ("abc C-a Right C-k", "a", 1), ("abc Up Down Tab Enter", "abc", 3),
      ("abcdefghijkl", "abcdefghij", 10), ("Left Right Del", "", 0), ("äé Left Bs", "é", 0),
    ])
  func keys(_ macro: String, _ value: String, _ cursor: Int) {
    var field = TextField("Name", maximum: 10)
    type(macro, into: &field)
    #expect(field.value == value)
    #expect(field.cursor == cursor)
  }

  @Test(
    "pasted text becomes one line",
    arguments: [
      ("us-sales\n", "us-sales"), ("one\r\ntwo", "one two"), ("a\tb", "a b"), ("a\u{1B}[31mb", "a[31mb"),
      ("\u{0}\u{7F}", ""),
    ])
  func paste(_ text: String, _ value: String) {
    var field = TextField("Name")
    field.update(.paste(text))
    #expect(field.value == value)
  }

  @Test("pasted text that is too long is kept, to be complained about, but not without end")
  func longPaste() {
    var field = TextField("Name", maximum: 10)
    field.update(.paste(String(repeating: "x", count: 10_000)))
    #expect(field.value.count == 40)
  }

  @Test("a long value scrolls so that the cursor stays in sight")
  func scrolling() {
    var field = TextField("Name", value: "abcdefghijklmnop")
    let end = drawn(columns: 8, rows: 1) { field.drawValue(in: $0.bounds, on: &$0, isFocused: true) }
    #expect(end.drawn == "jklmnop")
    #expect(end.cursor == Point(column: 7, row: 0))
    field.update(.key(.home))
    let start = drawn(columns: 8, rows: 1) { field.drawValue(in: $0.bounds, on: &$0, isFocused: true) }
    #expect(start.drawn == "abcdefg…")
    #expect(start.cursor == Point(column: 0, row: 0))
  }

  @Test("a masked field shows dots")
  func masked() {
    let field = TextField("Secret", value: "pst_abc", isMasked: true)
    let frame = drawn(columns: 10, rows: 1) { field.drawValue(in: $0.bounds, on: &$0, isFocused: false) }
    #expect(frame.drawn == "•••••••")
  }
}
