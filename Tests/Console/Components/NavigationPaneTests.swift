import Console
import Terminal
import Testing

@Suite struct NavigationPaneTests {
  private func example() -> NavigationPane<String> {
    var pane = NavigationPane<String>(
      [
        .page("general", "General"), .page("tokens", "Tokens", count: "2"),
        .heading("Connectors"), .branch("bc", "Business Central"),
        .page("bc/lists", "Lists", level: 1, count: "3"),
        .branch("sf", "Salesforce"), .page("sf/lists", "Lists", level: 1),
      ], current: "general")
    pane.changed = ["bc/lists"]
    pane.layout(in: Rect(Size(columns: 24, rows: 8)))
    return pane
  }

  private func press(_ macro: String, _ pane: inout NavigationPane<String>) -> [String] {
    keyPresses(macro).compactMap { key in
      messages(key, typed: { _ in nil }, bindings: pane.bindings).flatMap { pane.update($0) }
    }
  }

  @Test("the pane draws sections, counts, changes and the current page")
  func drawing() {
    var pane = example()
    _ = press("j", &pane)
    let frame = drawn(columns: 24) { pane.draw(in: $0.bounds, on: &$0, isFocused: true) }
    #expect(
      frame.drawn == """
        ▸ General
          Tokens             2
         Connectors
        - Business Central
            Lists            3 *
        - Salesforce
            Lists

        """)
    #expect(frame.reversedRows == [1])
  }

  @Test(
    "keys skip headings, open pages and fold branches",
    arguments: [
      ("j Enter", ["tokens"], "tokens"), ("j*2", [], "bc"), ("j*2 Enter j", [], "sf"),
      ("j*2 - j", [], "sf"), ("j*2 - + j Enter", ["bc/lists"], "bc/lists"),
      ("G Enter", ["sf/lists"], "sf/lists"),
      ("G g k", [], "general"), ("j*3 k Enter", [], "bc"),
    ])
  func keys(_ macro: String, _ opened: [String], _ selected: String) {
    var pane = example()
    #expect(press(macro, &pane) == opened)
    #expect(pane.selected == selected)
    #expect(pane.current == opened.last ?? "general")
  }

  @Test("the pages can be turned over one by one, in folded branches too")
  func turning() {
    var pane = example()
    pane.folded = ["bc", "sf"]
    #expect(pane.update(.previous) == nil)
    #expect((0..<4).map { _ in pane.update(.next) } == ["tokens", "bc/lists", "sf/lists", nil])
    #expect(pane.selected == "sf/lists")
    #expect(pane.update(.previous) == "bc/lists")
    #expect(pane.current == "bc/lists")
    #expect(pane.folded.isEmpty)
  }

  @Test("one click opens a page")
  func clicking() {
    let frame = drawn(columns: 24) { example().draw(in: $0.bounds, on: &$0, isFocused: false) }
    #expect(frame.click("Tokens") == .press("tokens"))
    #expect(frame.click("Connectors") == nil)
    #expect(frame.click("Salesforce") == .press("sf"))
  }

  @Test("a selected line that goes away passes the selection on")
  func vanishing() {
    var pane = example()
    _ = press("G", &pane)
    pane.entries.removeLast()
    #expect(pane.selected == "general")
  }

  /// Hundreds of connectors, each with its pages folded away.
  private func crowd() -> NavigationPane<String> {
    let connectors = (0..<300).flatMap { index -> [NavigationPane<String>.Entry] in
      let name = index == 217 ? "Größe & Söhne" : "Connector \(index)"
      return [.branch("c\(index)", name), .page("c\(index)/lists", "Lists", level: 1)]
    }
    var pane = NavigationPane<String>(
      [.page("general", "General"), .heading("Connectors")] + connectors, current: "general")
    pane.folded = Set((0..<300).map { "c\($0)" })
    pane.layout(in: Rect(Size(columns: 24, rows: 6)))
    return pane
  }

  /// Presses keys as a screen does: text goes to the filter first.
  private func type(_ macro: String, _ pane: inout NavigationPane<String>) -> [String] {
    keyPresses(macro).compactMap { key in
      messages(key, typed: pane.typed, bindings: pane.bindings).flatMap { pane.update($0) }
    }
  }

  @Test("a part of a connector's name finds it among hundreds, with its pages and its heading")
  func filtering() {
    var pane = crowd()
    #expect(type("/ g r o ß Enter Enter j Enter", &pane) == ["c217/lists"])
    let frame = drawn(columns: 24, rows: 6) { pane.draw(in: $0.bounds, on: &$0, isFocused: true) }
    #expect(
      frame.drawn == """
         Connectors
        - Größe & Söhne
          ▸ Lists


        / groß
        """)
    _ = type("Esc", &pane)
    #expect(pane.visible.count == 303)
    #expect(pane.selected == "c217/lists")
  }

  @Test("a filter that finds nothing says so, and pages are found as well")
  func filteringPages() {
    var pane = crowd()
    _ = type("/ g e n", &pane)
    #expect(pane.visible.compactMap(\.id) == ["general"])
    _ = type("z", &pane)
    #expect(pane.visible.isEmpty)
    #expect(type("Enter Enter", &pane) == [])
    let frame = drawn(columns: 24, rows: 6) { pane.draw(in: $0.bounds, on: &$0, isFocused: true) }
    #expect(frame.drawn.contains("nothing matches"))
  }
}
