import Console
import Terminal
import Testing

@Suite struct FormTests {
  enum ID: Hashable, Sendable { case name, wantsToken, token, expiry, add, cancel }
  typealias Example = Form<ID>

  private func example() -> Example {
    var form = Example([
      .text(.name, TextField("Name")),
      .check(.wantsToken, CheckBox("Add an API token")),
      .text(.token, TextField("Token name")),
      .radio(.expiry, RadioGroup("Expiry", options: ["90 days", "never"])),
      .gap,
      .buttons([Button(.add, "Add", isDefault: true), Button(.cancel, "Cancel")]),
    ])
    form.setHidden(.token, true)
    return form
  }

  /// Presses keys as the screen of the walkthrough would, and returns what came of them.
  private func press(_ macro: String, _ form: inout Example) -> [Example.Reply] {
    keyPresses(macro).compactMap { key in
      guard let message = messages(key, typed: form.typed, bindings: form.bindings) else { return nil }
      let reply = form.update(message)
      if reply == .changed(.wantsToken) { form.setHidden(.token, !form.isChecked(.wantsToken)) }
      return reply == .none ? nil : reply
    }
  }

  @Test("a form draws labels, marks and buttons aligned")
  func frame() {
    var form = example()
    _ = press("us Tab Space", &form)
    form.setComplaint(.name, "this name is taken")
    let frame = drawn { form.draw(in: $0.bounds, on: &$0) }
    #expect(
      frame.drawn == """
        Name        us
                    this name is taken
        [x] Add an API token
        Token name
        Expiry      (•) 90 days
                    ( ) never

        [ Add ]  [ Cancel ]
        """)
    #expect(frame.reversedRows == [2])
  }

  @Test(
    "keys move, tick, choose and press",
    arguments: [
      (
        "abc Enter", [Example.Reply.changed(.name), .changed(.name), .changed(.name), .pressed(.add)], ID.name
      ),
      ("Tab Space Tab t", [.changed(.wantsToken), .changed(.token)], .token),
      ("Tab Space Space Tab", [.changed(.wantsToken), .changed(.wantsToken)], .expiry),
      ("Tab Enter", [.changed(.wantsToken)], .wantsToken),
      ("Down*3 Enter", [.changed(.expiry)], .expiry),
      ("BTab Enter", [.pressed(.cancel)], .cancel),
      ("Up Left Enter", [.pressed(.add)], .add),
      ("Tab*6", [], .name),
    ])
  func keys(_ macro: String, _ replies: [Example.Reply], _ focus: ID) {
    var form = example()
    #expect(press(macro, &form) == replies)
    #expect(form.focused == focus)
  }

  @Test("a typed text stays when its field goes and comes back")
  func hiding() {
    var form = example()
    _ = press("Tab Space Tab tok BTab Space", &form)
    #expect(form.hidden == [.token])
    _ = press("Space", &form)
    #expect(form.text(.token) == "tok")
  }

  @Test(
    "clicks act where they land",
    arguments: [
      ("Name", Example.Message.focus(.name)), ("Add an API", .press(.wantsToken)),
      ("never", .choose(.expiry, 1)), ("[ Cancel ]", .press(.cancel)), ("Expiry", nil),
    ])
  func clicks(_ text: String, _ message: Example.Message?) {
    let form = example()
    let frame = drawn { form.draw(in: $0.bounds, on: &$0) }
    #expect(frame.click(text) == message)
  }

  @Test("a form higher than its room shows the part with the focus")
  func scrolling() {
    var form = example()
    _ = press("BTab", &form)
    let frame = drawn(rows: 2) { form.draw(in: $0.bounds, on: &$0) }
    #expect(frame.drawn == "        ( ) never\n[ Add ]  [ Cancel ]")
  }

  @Test("a form somewhat higher than its room shows all, without its gaps")
  func withoutGaps() {
    let form = Form<String>(
      [
        .text("name", TextField("Name")), .gap, .check("on", CheckBox("On")), .gap,
        .buttons([Button("ok", "OK")]),
      ])
    let frame = drawn(rows: 3) { form.draw(in: $0.bounds, on: &$0) }
    #expect(frame.drawn.split(separator: "\n").map { $0.prefix(6) } == ["Name", "[ ] On", "[ OK ]"])
  }
}
