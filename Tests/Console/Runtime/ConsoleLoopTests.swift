import Console
import Dispatch
import Synchronization
import Terminal
import Testing

/// A terminal that types what a test says, and remembers what it was shown.
@MainActor private final class FakeTerminal: TerminalDevice {
  final class Waker: TerminalWaker {
    let signal = DispatchSemaphore(value: 0)
    func wake() { signal.signal() }
  }

  /// What comes, in batches: a batch is there all at once, then the terminal is waited for.
  var batches: [[TerminalInput]]
  var shown: [String] = []
  var log: [String] = []
  var timeouts: [Int?] = []
  let size = Size(columns: 80, rows: 24)
  private let ownWaker = Waker()
  var waker: any TerminalWaker { ownWaker }

  init(_ batches: [[TerminalInput]]) { self.batches = batches }

  func present(_ canvas: Canvas) {
    shown.append(canvas.text)
    log.append("present")
  }

  func next(timeoutMilliseconds: Int?) -> TerminalInput {
    if timeoutMilliseconds == 0 { return takeReady() }
    timeouts.append(timeoutMilliseconds)
    while let first = batches.first, first.isEmpty { batches.removeFirst() }
    if batches.isEmpty { return .hungUp }
    return takeReady()
  }

  private func takeReady() -> TerminalInput {
    guard let first = batches.first, !first.isEmpty else { return .timeout }
    let input = batches[0].removeFirst()
    guard input == .woken else { return input }
    // The test waits here for what another thread has to say.
    ownWaker.signal.wait()
    return .woken
  }

  func setMouse(_ enabled: Bool) { log.append("mouse \(enabled)") }
  func writeRaw(_ bytes: [UInt8]) { log.append("bytes \(bytes.count)") }
  func suspend() { log.append("suspend") }
  func redrawAll() { log.append("redraw") }
}

@MainActor @Suite struct ConsoleLoopTests {
  private func keys(_ macro: String) -> [TerminalInput] {
    (Key.parse(macro) ?? []).map { .event(.key($0)) }
  }

  private func run(_ terminal: FakeTerminal, _ root: AnyScreen = AnyScreen(Counter())) -> ConsoleLoop.Ending {
    let compositor = Compositor(root: root, settings: .example, size: terminal.size)
    return ConsoleLoop(compositor: compositor, device: terminal, milliseconds: { 0 }).run()
  }

  @Test("all keys that have come are taken before one drawing")
  func drains() {
    let terminal = FakeTerminal([keys("a a a a a")])
    #expect(run(terminal) == .hungUp)
    #expect(terminal.shown.count == 2)
    #expect(terminal.shown.last?.contains("count 5") == true)
  }

  @Test("quitting ends it")
  func quits() {
    let terminal = FakeTerminal([keys("q"), keys("Enter")])
    #expect(run(terminal) == .quit)
  }

  @Test("a signal ends it")
  func terminates() {
    #expect(run(FakeTerminal([[.terminate(signal: 15)]])) == .terminated(signal: 15))
  }

  @Test("with no timer it waits without end")
  func idles() {
    let terminal = FakeTerminal([keys("a")])
    _ = run(terminal)
    #expect(terminal.timeouts == [nil, nil])
  }

  @Test("a timer is waited for")
  func waits() {
    let terminal = FakeTerminal([keys("w"), keys("a")])
    _ = run(terminal)
    #expect(terminal.timeouts == [nil, 500, 500])
  }

  @Test("work is done beside the loop and its result is shown")
  func works() {
    let terminal = FakeTerminal([keys("2"), [.woken], keys("a")])
    _ = run(terminal)
    #expect(terminal.shown.last?.contains("count 3") == true)
  }

  @Test("keys that came while a destructive dialog was being shown are dropped too")
  func dropsLateTypeAhead() {
    let terminal = FakeTerminal([keys("x"), keys("BTab Enter"), keys("Enter")])
    // The second batch is only ready at a wait, after the dialog was shown: it counts.
    _ = run(terminal)
    #expect(terminal.shown.last?.contains("count -100") == true)
    let ahead = FakeTerminal([keys("x BTab Enter"), keys("Enter")])
    _ = run(ahead)
    #expect(ahead.shown.last?.contains("count 0 reappeared 1") == true)
  }

  @Test("suspending comes back with the size that is then")
  func suspends() {
    let terminal = FakeTerminal([keys("C-z"), keys("C-l")])
    _ = run(terminal)
    #expect(terminal.log == ["present", "suspend", "present", "redraw", "present"])
  }

  @Test("bytes go to the terminal after the frame")
  func bytes() {
    let terminal = FakeTerminal([keys("b")])
    _ = run(terminal, AnyScreen(Sender()))
    #expect(terminal.log == ["present", "present", "bytes 3"])
  }
}

/// Sends three bytes to the terminal.
private struct Sender: Screen {
  enum Message: Sendable { case send }
  let title = "Sender"
  var bindings: [KeyBinding<Message>] { [KeyBinding("b", hint: "send", message: .send)] }
  mutating func update(_ message: Message) -> Effect<Self> { .terminal([1, 2, 3]) }
  func draw(on frame: inout Frame<Message>) {}
}
