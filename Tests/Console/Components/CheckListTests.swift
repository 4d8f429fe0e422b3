import Access
import Console
import Terminal
import Testing

@Suite struct CheckListTests {
  typealias Example = CheckList<Int>

  private func example(isAll: Bool = false, ids: Set<Int> = [1], isEditable: Bool = true) -> Example {
    var list = Example(
      items: [
        .init(1, "Customers", group: "Sales"), .init(2, "Orders", detail: "3 actions", group: "Sales"),
        .init(3, "Vendors", group: "Purchase"),
      ], choice: .init(isAll: isAll, ids: ids), isEditable: isEditable)
    list.layout(in: Rect(Size(columns: 40, rows: 9)))
    return list
  }

  @discardableResult
  private func press(_ macro: String, _ list: inout Example) -> [Example.Reply] {
    keyPresses(macro).compactMap { key in
      messages(key, typed: list.typed, bindings: list.bindings).map { list.update($0) }
    }.filter(\.isChanged)
  }

  @Test("the list draws All as a choice of its own, groups with three states, and what has changed")
  func drawing() {
    var list = example()
    press("G Space", &list)
    let frame = drawn(rows: 9) { list.draw(in: $0.bounds, on: &$0) }
    #expect(
      frame.drawn == """
                                         2 of 3
         ( ) All, those added later too
         (•) Only these:
           [-] Sales  1 of 2
             [x] Customers
             [ ] Orders  3 actions
           [x] Purchase  1 of 1
        *    [x] Vendors

        """)
    #expect(frame.reversedRows == [7])
  }

  @Test(
    "Space ticks a row, a whole group on its heading, and all",
    arguments: [
      ("Space", Example.Choice(ids: [])),
      ("g j*3 Space", Example.Choice(ids: [])),
      ("j Space", Example.Choice(ids: [1, 2])),
      ("k Enter", Example.Choice(ids: [1, 2])),
      ("k Enter Enter", Example.Choice(ids: [])),
      ("g Space", Example.Choice(isAll: true, ids: [1])),
      ("g Space j Space", Example.Choice(ids: [1])),
      ("g Space G Space", Example.Choice(ids: [1, 3])),
      ("/ ven Enter G Space", Example.Choice(ids: [1, 3])),
      ("/ sal Enter k Space Esc", Example.Choice(ids: [1, 2])),
      ("/ ord Enter Space Esc", Example.Choice(ids: [1, 2])),
    ])
  func ticking(_ macro: String, _ choice: Example.Choice) {
    var list = example()
    press(macro, &list)
    #expect(list.choice == choice)
  }

  @Test(
    "the list begins on a chosen row or the first one, and never on a heading or All, which tick many",
    arguments: [
      (Example.Choice(ids: [3]), "Vendors"), (Example.Choice(ids: [2, 3]), "Orders"),
      (Example.Choice(), "Customers"), (Example.Choice(isAll: true), nil),
    ])
  func beginning(_ choice: Example.Choice, _ title: String?) {
    #expect(example(isAll: choice.isAll, ids: choice.ids).selectedItem?.title == title)
  }

  @Test("a row that is chosen far down is in sight, and a list that is read again stays where it was")
  func beginningFarDown() {
    let items = (0..<100).map { Example.Item($0, "Item \($0)", group: "Group \($0 / 10)") }
    var list = Example(items: items, choice: .init(ids: [77]))
    list.layout(in: Rect(Size(columns: 40, rows: 9)))
    #expect(drawn(rows: 9) { list.draw(in: $0.bounds, on: &$0) }.drawn.contains("[x] Item 77"))
    press("j Space", &list)
    var again = Example(items: items, choice: .init(ids: [5]))
    again.keepPosition(of: list)
    #expect(again.selectedItem?.title == "Item 78")
  }

  @Test(
    "a dot shows only what is given and what is changed, and all rows again",
    arguments: [
      (".", ["Customers"]), (". .", ["Customers", "Orders", "Vendors"]),
      // What is unticked while it is shown stays, and so does what was changed before.
      (". Space", ["Customers"]), ("Space G Space .", ["Customers", "Vendors"]),
      (". / ord", []), (". / cus", ["Customers"]), ("/ .", []),
      ("g Space .", ["Customers", "Orders", "Vendors"]),
    ])
  func onlyGiven(_ macro: String, _ titles: [String]) {
    var list = example()
    press(macro, &list)
    let drawing = drawn(rows: 9) { list.draw(in: $0.bounds, on: &$0) }.drawn
    #expect(["Customers", "Orders", "Vendors"].filter(drawing.contains) == titles)
  }

  @Test(
    "a part of a group that is given never looks like the whole, and the look stays when rows are read again")
  func onlyGivenGroups() {
    var list = example()
    press(".", &list)
    var again = example(ids: [1, 3])
    again.keepPosition(of: list)
    for list in [list, again] {
      #expect(drawn(rows: 9) { list.draw(in: $0.bounds, on: &$0) }.drawn.contains("[-] Sales  1 of 2"))
    }
    #expect(drawn(rows: 9) { again.draw(in: $0.bounds, on: &$0) }.drawn.contains("Vendors"))
    var none = example(ids: [])
    press(".", &none)
    #expect(drawn(rows: 9) { none.draw(in: $0.bounds, on: &$0) }.drawn.contains("Nothing is given here"))
  }

  @Test("all is not the same as every one ticked")
  func all() {
    var list = example(ids: [1, 2, 3])
    #expect(list.count == "3 of 3")
    press("g Space", &list)
    #expect(list.isChanged)
    #expect(list.count == "all")
    press("j Space", &list)
    #expect(!list.isChanged)
  }

  @Test("the list says what a key has added or removed")
  func replies() {
    var list = example()
    let replies = press("k Space Space g Space", &list)
    #expect(replies.map(\.added) == [[2], [], []])
    #expect(replies.map(\.removed) == [[], [1, 2], []])
    #expect(replies.map(\.isAllChanged) == [false, false, true])
  }

  @Test("a list that can't be edited can't be ticked, by key or click")
  func readOnly() {
    var list = example(isEditable: false)
    press("Space", &list)
    let frame = drawn(rows: 9) { list.draw(in: $0.bounds, on: &$0) }
    if let message = frame.click("Orders") { _ = list.update(message) }
    #expect(!list.isChanged)
  }

  @Test("a click ticks")
  func clicking() {
    var list = example()
    let frame = drawn(rows: 9) { list.draw(in: $0.bounds, on: &$0) }
    if let message = frame.click("Orders") { _ = list.update(message) }
    #expect(list.choice.ids == [1, 2])
    #expect(list.selectedItem?.title == "Orders")
  }

  @Test("an empty list says so and takes any key")
  func empty() {
    var list = Example(items: [], choice: .init(), allLabel: nil, emptyText: "Add a list first.")
    press("j k Space G g PgDn PgUp / x Enter Esc", &list)
    let frame = drawn { list.draw(in: $0.bounds, on: &$0) }
    #expect(frame.drawn.contains(" Add a list first."))
  }

  @Test("bounds stand beside their item, and what is ticked again has those that are saved")
  func bounds() throws {
    let end = try #require(Timestamp("2026-12-01T00:00:00Z"))
    let other = Bounds(until: end.adding(days: 1))
    var held = BoundedSet<Int>([1])
    held[2] = Bounds(until: end)
    var list = Example(
      items: [.init(1, "Customers"), .init(2, "Orders", detail: "3 actions"), .init(3, "Vendors")],
      choice: .init(held: held), allLabel: nil)
    list.layout(in: Rect(Size(columns: 40, rows: 9)))
    func drawing() -> String {
      drawn(rows: 4) { frame in
        list.draw(in: frame.bounds, on: &frame) { ListCell("\($0.until?.day ?? "") in \($1)") }
      }.drawn
    }
    #expect(
      drawing() == """
                                         2 of 3
         [x] Customers
         [x] Orders  2026-12-01 in 27  3 actions
         [ ] Vendors
        """)
    press("Down Space", &list)
    #expect(list.choice.held[2] == nil)
    #expect(list.isChanged)
    press("Space", &list)
    #expect(list.choice.held[2] == Bounds(until: end))
    #expect(!list.isChanged)
    list.bound(2, other)
    #expect(list.isChanged)
    #expect(drawing().contains("*[x] Orders  2026-12-02"))
    list.bound(3, other)
    #expect(list.choice.held[3] == nil)
    list.isEditable = false
    list.bound(1, other)
    #expect(list.choice.held[1] == .always)
  }
}
