@testable import Console
import Terminal
import Testing

/// Does what its keys say, in a part of a screen with other messages.
private struct Inner: Screen {
  enum Message: Hashable, Sendable { case said(String) }
  var said: [String] = []
  let title = "Inner"

  var bindings: [KeyBinding<Message>] {
    [
      KeyBinding("1", hint: "send") { .send(.said("sent")) },
      KeyBinding("2", hint: "run") { .run("running") { .said("ran") } },
      KeyBinding("3", hint: "run then") {
        .run("running") {
          3
        } then: {
          .batch(.toast("toast \($0)"), .send(.said("then \($0)")))
        }
      },
      KeyBinding("4", hint: "after") { .after(milliseconds: 10, key: "later", .said("rang")) },
      KeyBinding("5", hint: "cancel") {
        .batch(.after(milliseconds: 10, key: "later", .said("rang")), .cancel("later"))
      },
      KeyBinding("6", hint: "open") {
        .open(ConfirmDialog.harmless(title: "Sure", text: "Sure?", action: "Yes")) { .said("\($0)") }
      },
      KeyBinding("7", hint: "ask") {
        ConfirmDialog.harmless(title: "Sure", text: "Sure?", action: "Yes").confirmed(.send(.said("yes")))
      },
      KeyBinding("8", hint: "refresh") { .refresh },
      KeyBinding("9", hint: "status") { .status("standing") },
      KeyBinding(
        "x", hint: "drop", help: "drop all", unless: "nothing is there to be dropped", message: .said("?")),
      KeyBinding("u", hint: "unused", unless: "no row is selected", message: .said("?")),
    ]
  }

  mutating func reappear() -> Effect<Message> { .send(.said("anew")) }

  mutating func update(_ message: Message) -> Effect<Message> {
    if case .said(let text) = message { said.append(text) }
    return .none
  }

  func draw(on frame: inout Frame<Message>) {
    frame.put("said: " + said.joined(separator: " "), in: frame.bounds)
  }
}

/// Has the keys of another screen, and its messages wrapped.
private struct Outer: Screen {
  enum Message: Sendable { case inner(Inner.Message) }
  var inner = Inner()
  let title = "Outer"

  var bindings: [KeyBinding<Message>] { inner.bindings.map { $0.map(in: "inner.") { .inner($0) } } }
  mutating func reappear() -> Effect<Message> { inner.reappear().map { .inner($0) } }

  mutating func update(_ message: Message) -> Effect<Message> {
    guard case .inner(let message) = message else { return .none }
    return inner.update(message).map(in: "inner.") { .inner($0) }
  }

  func draw(on frame: inout Frame<Message>) {
    frame.child(frame.bounds, { .inner($0) }) { inner.draw(on: &$0) }
  }
}

@Suite("What a screen wants done comes to the same, whether it is by itself or a part of another")
struct EffectTests {
  static let screens: [any Screen] = [Inner(), Outer()]

  @Test(
    arguments: [
      ("1", "said: sent", nil), ("2", "said: ran", nil), ("3", "said: then 3", "toast 3"),
      ("6 Enter", "said: anew confirm", nil), ("6 Esc", "said: anew cancel", nil),
      ("7 Enter", "said: anew yes", nil), ("7 Esc", "said: anew", nil), ("8", "said: anew", nil),
      ("9", "said:", "standing"),
    ] as [(String, String, String?)], [0, 1])
  func leadsToMessages(_ example: (keys: String, line: String, elsewhere: String?), screen: Int) {
    var driver = ConsoleDriver(Self.screens[screen])
    driver.press(example.keys)
    #expect(driver.lines[1] == example.line)
    if let text = example.elsewhere { #expect(driver.text.contains(text)) }
  }

  @Test(
    "timers ring, but those that were cancelled", arguments: [("4", "said: rang"), ("5", "said:")], [0, 1])
  func timers(_ example: (key: String, line: String), screen: Int) {
    var driver = ConsoleDriver(Self.screens[screen])
    driver.press(example.key)
    #expect(driver.lines[1] == "said:")
    driver.elapse()
    #expect(driver.lines[1] == example.line)
  }
}

@Suite("What can't be done now says why, and is in nobody's way")
struct ObstacleTests {
  @Test(
    "its key says why, unless it means something else",
    arguments: [("x", "nothing is there to be dropped", 0)])
  func pressed(key: String, reason: String, screen: Int) {
    var driver = ConsoleDriver(EffectTests.screens[screen])
    #expect(!driver.text.contains("drop"))
    driver.press(key)
    #expect(driver.text.contains(reason))
    #expect(driver.lines[1] == "said:")
  }

  @Test("a binding that works everywhere goes before one that isn't possible now")
  func everywhere() {
    var settings = ConsoleSettings.example
    settings.undo = { Counter(name: "Undo") }
    var driver = ConsoleDriver(Inner(), settings: settings)
    driver.press("u")
    #expect(driver.compositor.titles == ["Inner", "Undo"])
    driver = ConsoleDriver(Inner())
    driver.press("u")
    #expect(driver.text.contains("no row is selected"))
  }

  @Test("the help page has it with the reason, the palette hasn't")
  func shown() {
    var driver = ConsoleDriver(Inner(), size: Size(columns: 100, rows: 30))
    driver.press("?")
    #expect(driver.text.contains("drop all (not now: nothing is there to be dropped)"))
    driver.press("Esc :")
    #expect(!driver.text.contains("drop all"))
  }

  @Test("where two bindings have one key, the possible one is meant")
  func preferred() {
    let bindings = [
      KeyBinding("a", hint: "first", unless: "not now", message: 1),
      KeyBinding("a", hint: "second", message: 2),
      KeyBinding("b", hint: "third", unless: "not now", message: 3),
    ]
    #expect(bindings.meant(by: "a") { $0 }?.hint == "second")
    #expect(bindings.meant(by: "b") { $0 }?.hint == "third")
    #expect(bindings.meant(by: "c") { $0 } == nil)
  }
}
