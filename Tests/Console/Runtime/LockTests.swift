import Console
import Terminal
import Testing

@Suite("A console that nobody is at is locked, and then left")
struct LockTests {
  private static let tenMinutes = ConsoleRules(
    lockAfterMilliseconds: 600_000, endAfterMilliseconds: 3_600_000)
  private static let line = "popsec is locked: ops, Enter resumes"

  private func console(
    _ rules: ConsoleRules = tenMinutes, size: Size = Size(columns: 80, rows: 24)
  ) -> TimedConsole {
    var settings = ConsoleSettings.example
    settings.person = "ops"
    settings.rules = rules
    return TimedConsole(Compositor(root: Counter(), settings: settings, size: size))
  }

  @Test("after ten minutes without a key there is one line, and nothing else, and no cursor")
  func locks() {
    var console = console()
    console.press("a")
    console.wait(seconds: 599)
    #expect(console.text.contains("count 1"))
    console.wait(seconds: 1)
    #expect(console.words == Self.line)
    #expect(console.canvas.cursor == nil)
    #expect(console.canvas.cells.allSatisfy { $0.style == .plain })
  }

  @Test(
    "any input begins the time anew",
    arguments: [
      Event.key("z"), .paste("x"), .mouse(Mouse(.click, at: Point(column: 70, row: 20))),
      .mouse(Mouse(.wheelUp, at: Point(column: 3, row: 3))),
    ])
  func stirs(event: Event) {
    var console = console()
    console.wait(seconds: 500)
    console.handle(event)
    console.wait(seconds: 599)
    #expect(!console.compositor.isLocked)
    console.wait(seconds: 1)
    #expect(console.compositor.isLocked)
  }

  @Test("a resized window is nobody's doing")
  func resizing() {
    var console = console()
    console.wait(seconds: 500)
    console.handle(.resize(Size(columns: 100, rows: 30)))
    console.wait(seconds: 100)
    #expect(console.words == Self.line)
    console.handle(.resize(Size(columns: 20, rows: 4)))
    #expect(console.words.hasPrefix("popsec is locked"))
  }

  @Test(
    "typing, pasting and clicking do nothing while the console is locked",
    arguments: ["a a a", "q", "C-c", "C-z", "C-l", "Esc", ":", "?", "Space", "d", "x BTab"])
  func ignores(keys: String) {
    var console = console()
    console.press("C-x " + keys)
    console.handle(.paste("a\ra"))
    console.handle(.mouse(Mouse(.click, at: Point(column: 2, row: 3))))
    #expect(console.words == Self.line)
    #expect(!console.suspends)
    console.press("Enter")
    #expect(console.text.contains("count 0 reappeared 0"))
  }

  @Test("Enter resumes where it was, and what was typed behind it is dropped")
  func resumes() {
    var console = console()
    console.press("a o a a C-x")
    console.pressAhead("a Enter a a")
    #expect(console.text.contains("Inner"))
    #expect(console.text.contains("count 2"))
    console.press("a")
    #expect(console.text.contains("count 3"))
  }

  @Test("the palette locks it at once")
  func byPalette() {
    var console = console(ConsoleRules())
    console.press(": \"lock\" Enter")
    #expect(console.words == Self.line)
    console.wait(seconds: 1_000_000)
    #expect(!console.hasEnded)
  }

  @Test("an hour after it was locked it is left")
  func ends() {
    var console = console()
    console.wait(seconds: 600 + 3_599)
    #expect(!console.hasEnded)
    console.wait(seconds: 1)
    #expect(console.hasEnded)
  }

  @Test("after locking by hand the hour begins then, and resuming ends it")
  func endsAfterLocking() {
    var console = console()
    console.press("C-x")
    console.wait(seconds: 3_599)
    #expect(!console.hasEnded)
    console.press("Enter")
    console.wait(seconds: 599)
    #expect(!console.hasEnded && !console.compositor.isLocked)
    console.press("C-x")
    console.wait(seconds: 3_600)
    #expect(console.hasEnded)
  }

  @Test("a machine that slept over both wakes to a console that is left; over the first, to a locked one")
  func sleeping() {
    var long = console()
    long.suspend(seconds: 10 * 3_600)
    #expect(long.compositor.isLocked && long.hasEnded)
    var short = console()
    short.suspend(seconds: 1_200)
    #expect(short.compositor.isLocked && !short.hasEnded)
    short.wait(seconds: 3_000)
    #expect(short.hasEnded)
  }

  @Test("without rules the console neither locks nor ends")
  func never() {
    var console = console(ConsoleRules())
    console.suspend(seconds: 1_000_000)
    #expect(console.text.contains("count 0"))
    #expect(!console.hasEnded)
  }

  @Test("other rules count from when they come, and the same ones change nothing")
  func otherRules() {
    var console = console()
    console.wait(seconds: 590)
    console.setRules(Self.tenMinutes)
    console.wait(seconds: 10)
    #expect(console.compositor.isLocked)
    console.press("Enter")
    console.setRules(ConsoleRules(lockAfterMilliseconds: 60_000))
    console.wait(seconds: 60)
    #expect(console.compositor.isLocked)
    console.wait(seconds: 1_000_000)
    #expect(!console.hasEnded)
    console.setRules(ConsoleRules(endAfterMilliseconds: 60_000))
    console.wait(seconds: 60)
    #expect(console.hasEnded)
  }

  @Test("a screen with a secret, and those above it, are closed for good when the console is locked")
  func secrets() {
    var settings = ConsoleSettings.example
    settings.person = "ops"
    var console = TimedConsole(
      Compositor(root: Opener(), settings: settings, size: Size(columns: 80, rows: 24)))
    console.press("o :")
    #expect(console.text.contains("Go to"))
    console.press("\"lock\" Enter")
    #expect(console.words == Self.line)
    console.press("Enter")
    #expect(console.text.contains("nothing"))
    #expect(!console.text.contains("secret"))
  }

  @Test("a secret that was asked for before comes too late")
  func lateSecrets() {
    var console = TimedConsole(
      Compositor(root: Opener(), settings: .example, size: Size(columns: 80, rows: 24)))
    console.press("l C-x")
    console.wait(seconds: 5)
    console.press("Enter")
    #expect(console.text.contains("nothing"))
  }

  @Test("timers go on while it is locked, and what they write reaches the terminal")
  func goesOn() {
    var console = TimedConsole(
      Compositor(root: Opener(), settings: .example, size: Size(columns: 80, rows: 24)))
    console.press("b C-x")
    console.wait(seconds: 5)
    #expect(console.bytes == [[1, 2, 3]])
    #expect(console.compositor.isLocked)
  }

  @Test("the title bar says that a terminal is recorded, and screens with a secret are closed")
  func recordingSafe() {
    var console = TimedConsole(
      Compositor(root: Opener(), settings: .example, size: Size(columns: 80, rows: 24)))
    console.press("o")
    #expect(!console.text.contains("RECORDING-SAFE"))
    console.setRules(ConsoleRules(isRecordingSafe: true))
    #expect(console.text.contains("RECORDING-SAFE"))
    #expect(!console.text.contains("secret"))
  }
}

/// Opens a secret, at once or later; writes to the terminal later.
private struct Opener: Screen {
  enum Message: Sendable { case open, later, bytes, write }
  let title = "Opener"
  var bindings: [KeyBinding<Message>] {
    [
      KeyBinding("o", hint: "open", message: .open), KeyBinding("l", hint: "later", message: .later),
      KeyBinding("b", hint: "bytes", message: .bytes),
    ]
  }
  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .open: .open(Revealing())
    case .later: .after(milliseconds: 5_000, key: "later", .open)
    case .bytes: .after(milliseconds: 5_000, key: "bytes", .write)
    case .write: .terminal([1, 2, 3])
    }
  }
  func draw(on frame: inout Frame<Message>) { frame.put("nothing", in: frame.bounds) }
}

private struct Revealing: Screen {
  enum Message: Sendable { case none }
  let title = "Revealing"
  var closesOnLock: Bool { true }
  var bindings: [KeyBinding<Message>] { [] }
  mutating func update(_ message: Message) -> Effect<Message> { .none }
  func draw(on frame: inout Frame<Message>) { frame.put("secret", in: frame.bounds) }
}
