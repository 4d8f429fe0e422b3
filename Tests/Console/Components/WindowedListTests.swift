@testable import Console
import Terminal
import Testing

@Suite struct WindowedListTests {
  @Test("the list draws titles, rows and the range, and the selected row in reverse")
  func drawing() {
    var fixture = PeopleFixture(count: 3, rows: 4)
    fixture.press("j")
    let frame = fixture.frame
    #expect(
      frame.drawn == """
                                              3
         Name ▲                        ID
         p100000                        0  Edit
        ▸p100001                        1  Edit
         p100002                        2  Edit

        """)
    #expect(frame.reversedRows == [3])
  }

  @Test(
    "keys move through a list of any length",
    arguments: [
      ("j", 1), ("j*3 k", 2), ("k", 0), ("PgDn", 6), ("PgDn PgDn PgUp", 6), ("C-d", 3), ("j*200", 200),
      ("PgDn*40", 240), ("End", 9_999), ("G k*300", 9_699), ("G g", 0), ("End PgUp*50", 9_699),
      ("j*500 k*499", 1), ("PgDn*300 Home j", 1),
    ])
  func moving(_ macro: String, _ id: Int) {
    var fixture = PeopleFixture(count: 10_000)
    fixture.press(macro)
    #expect(fixture.list.selected?.id == id)
    #expect(fixture.frame.drawn.contains("▸p\(100_000 + id) "))
  }

  @Test("moving within the page changes two rows, and only where they are marked")
  func economy() {
    var fixture = PeopleFixture(count: 10_000)
    let before = fixture.frame
    fixture.press("j")
    let after = fixture.frame
    #expect(before.changedRows(from: after) == [2, 3])
  }

  @Test("rows are read a page ahead, so that few keys read at all")
  func prefetching() {
    var fixture = PeopleFixture(count: 10_000)
    fixture.press("j*40")
    #expect(fixture.reads.count == 1)
    fixture.press("j*40")
    #expect(fixture.reads.count == 2)
  }

  @Test("the window does not grow without end")
  func bounded() {
    var fixture = PeopleFixture(count: 10_000)
    fixture.press("PgDn*500")
    #expect(fixture.list.rows.count <= 500)
    #expect(fixture.list.selected?.id == 3_000)
    fixture.press("PgUp*400")
    #expect(fixture.list.rows.count <= 600)
    #expect(fixture.list.selected?.id == 600)
  }

  @Test("rows read again keep the selection on its row, or else in its place")
  func reloading() {
    for start in [3, 700] {
      var fixture = PeopleFixture(count: 1_000)
      fixture.press("j*\(start)")
      fixture.people.removeAll { $0.id == start - 1 }
      fixture.perform(fixture.list.reload())
      #expect(fixture.list.selected?.id == start)
      fixture.people.removeAll { $0.id == start }
      fixture.perform(fixture.list.reload())
      #expect(fixture.list.selected?.id == start + 1)
    }
  }

  @Test("a row can be gone to by its cursor")
  func revealing() {
    var fixture = PeopleFixture(count: 1_000)
    fixture.perform(fixture.list.reveal("p100500"))
    #expect(fixture.list.selected?.id == 500)
    fixture.press("k*20")
    #expect(fixture.list.selected?.id == 480)
  }

  @Test("in another order the row stays selected, and the first rows are shown where it is among them")
  func reordering() {
    var fixture = PeopleFixture(count: 1_000)
    fixture.press("j*10")
    #expect(fixture.list.top > 0)
    fixture.people.swapAt(3, 10)
    fixture.perform(fixture.list.restart())
    #expect(fixture.list.selected?.id == 10)
    #expect(fixture.list.top == 0)
  }

  @Test("an answer that is no longer awaited is dropped")
  func stale() {
    var fixture = PeopleFixture(count: 1_000)
    let old = fixture.list.restart().request
    let new = fixture.list.restart().request
    let page = ListPage(rows: [Person(id: 7, name: "old")], hasBefore: false, hasAfter: false)
    if let old { fixture.send(.loaded(old, page)) }
    #expect(fixture.list.selected?.id == 0)
    if let new { fixture.send(.loaded(new, page)) }
    #expect(fixture.list.selected?.id == 7)
  }

  @Test("the filter reads while one types, and Esc takes it away")
  func filtering() {
    var fixture = PeopleFixture(count: 1_000)
    fixture.press("/ 99")
    #expect(fixture.list.rows.count == 19)
    #expect(fixture.frame.drawn.hasPrefix(" / 99"))
    fixture.press("Enter j")
    #expect(fixture.list.selected?.id == 199)
    fixture.press("Esc")
    #expect(fixture.list.selected?.id == 0)
    fixture.press("/ zz")
    #expect(fixture.frame.drawn.contains("Nothing matches “zz”"))
    #expect(!fixture.list.isEmpty)
  }

  @Test("the selected row stays selected where the filter leaves it")
  func filterKeeps() {
    var fixture = PeopleFixture(count: 100)
    fixture.press("j*42 / 42")
    #expect(fixture.list.selected?.id == 42)
  }

  @Test("where there is nothing, a line asks to add something, and can be clicked")
  func empty() {
    var fixture = PeopleFixture(count: 0)
    let frame = fixture.frame
    #expect(frame.drawn.contains("Click here to add an API user"))
    #expect(frame.reversedRows == [2])
    if let message = frame.click("Click here") { fixture.send(message) }
    #expect(fixture.pressed == [.enter])
    fixture.press("j k PgDn G g")
    #expect(fixture.list.isEmpty)
  }

  @Test("a click selects a row, and presses the key of a link or a title")
  func clicking() {
    var fixture = PeopleFixture(count: 10)
    if let message = fixture.frame.click("p100003") { fixture.send(message) }
    #expect(fixture.list.selected?.id == 3)
    #expect(fixture.pressed.isEmpty)
    if let message = fixture.frame.click("Edit") { fixture.send(message) }
    #expect(fixture.list.selected?.id == 0)
    if let message = fixture.frame.click("Name") { fixture.send(message) }
    #expect(fixture.pressed == [.enter, "1"])
  }

  @Test("the wheel moves what is seen, and the selection only where it must")
  func wheel() {
    var fixture = PeopleFixture(count: 100)
    fixture.press("j*4")
    fixture.send(.scroll(3))
    #expect(fixture.list.selected?.id == 4)
    fixture.send(.scroll(3))
    #expect(fixture.list.selected?.id == 6)
    fixture.send(.scroll(-30))
    #expect(fixture.list.selected?.id == 5)
  }

  @Test("the range says what is seen, of how many once that is known")
  func range() {
    var fixture = PeopleFixture(count: 2_000)
    #expect(fixture.list.range == "1–6")
    fixture.send(.total(2_000))
    #expect(fixture.list.range == "1–6 of 2,000")
    fixture.press("PgDn")
    #expect(fixture.list.range == "7–12 of 2,000")
    fixture.press("End")
    #expect(fixture.list.range == "1,995–2,000 of 2,000")
    fixture.perform(fixture.list.reveal("p101000"))
    #expect(fixture.list.range == "of 2,000")
  }

  @Test(
    "columns of low priority go where there is no room",
    arguments: [(40, "Name ▲ ID"), (22, "Name ▲ ID"), (18, "Name ▲"), (9, "Name ▲")])
  func columns(_ width: Int, _ titles: String) {
    let fixture = PeopleFixture(count: 2)
    let frame = drawn(columns: width, rows: 4) { fixture.list.draw(in: $0.bounds, on: &$0) }
    let line = frame.drawn.split(separator: "\n", omittingEmptySubsequences: false)[1]
    #expect(line.split(separator: " ").joined(separator: " ") == titles)
  }
}

@Suite struct ColumnLayoutTests {
  private let columns = [
    ListColumn<Person>("name", "Name", width: .flexible(least: 12, weight: 1)) { "\($0.name)" },
    ListColumn<Person>("teams", "Teams", width: .flexible(least: 10, weight: 1), priority: 2) { _ in "" },
    ListColumn<Person>("state", "State", width: .fixed(8)) { _ in "" },
    ListColumn<Person>("owner", "Owner", width: .flexible(least: 14, weight: 1), priority: 10) { _ in "" },
  ]

  @Test(
    "the name takes spare room first, and an extra column appears once the name has a quarter of the list",
    arguments: [
      (22, ["name 12", "state 8"]), (34, ["name 12", "teams 10", "state 8"]),
      (40, ["name 15", "teams 13", "state 8"]), (60, ["name 17", "teams 12", "state 8", "owner 17"]),
      (100, ["name 37", "teams 22", "state 8", "owner 27"]),
    ])
  func widths(_ width: Int, _ expected: [String]) {
    let slots = ColumnLayout(columns, width: width).slots
    #expect(slots.map { "\(columns[$0.column].id) \($0.columns)" } == expected)
  }
}
