import Terminal
import Testing

@testable import Console

@Suite("A letter in a menu goes to the next entry that begins with it")
struct MenuLettersTests {
  @Test(
    "unless it moves already, and leaves the selection where none does",
    arguments: [
      ("c", "Copy"), ("d", "Disable"), ("d d", "Delete"), ("d d d", "Disable"), ("x", "Enable"),
      ("j", "Disable"), ("d k", "Enable"), ("G e", "Enable"),
    ])
  func letters(keys: String, title: String) {
    let titles = ["Enable", "Disable", "Copy", "Delete", "Join", "Quit"]
    var rows = FilteredRows(titles.enumerated().map { ChoiceDialog<Int>.Row($0, $1) })
    for key in keyPresses(keys) {
      rows.letters.first { $0.keys.contains(key) }?.message.map { rows.update($0) }
    }
    #expect(rows.selected?.title == title)
    #expect(!rows.letters.contains { $0.keys.contains("q") })
  }
}
