import Dispatch
import Synchronization
import Terminal
import Testing

@testable import Console

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
  /// Called when it is waited for, and while it is suspended.
  var waited: () -> Void = {}
  var suspended: () -> Void = {}
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
    waited()
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
  func suspend() {
    log.append("suspend")
    suspended()
  }
  func redrawAll() { log.append("redraw") }
}

@MainActor @Suite struct ConsoleLoopTests {
  private func keys(_ macro: String) -> [TerminalInput] {
    keyPresses(macro).map { .event(.key($0)) }
  }

  private func run(_ terminal: FakeTerminal, _ root: any Screen = Counter()) -> ConsoleLoop.Ending {
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

  @Test("the loop waits without end where there is no timer")
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
    _ = run(terminal, Sender())
    #expect(terminal.log == ["present", "present", "bytes 3"])
  }
}

/// A clock that a test sets.
@MainActor private final class FakeClock {
  var now = 0
}

@MainActor @Suite struct IdleLoopTests {
  /// Runs a console that is locked after 10 s and left after 20 s more; each wait for input takes so long.
  private func run(_ batches: [(seconds: Int, macro: String)]) -> (ConsoleLoop.Ending, FakeTerminal) {
    let clock = FakeClock()
    let terminal = FakeTerminal(batches.map { keyPresses($0.macro).map { .event(.key($0)) } })
    var waits = batches.map(\.seconds)
    terminal.waited = { clock.now += waits.isEmpty ? 0 : waits.removeFirst() * 1_000 }
    var settings = ConsoleSettings.example
    settings.person = "ops"
    settings.rules = ConsoleRules(lockAfterMilliseconds: 10_000, endAfterMilliseconds: 20_000)
    let compositor = Compositor(root: Counter(), settings: settings, size: terminal.size)
    let loop = ConsoleLoop(compositor: compositor, device: terminal, milliseconds: { clock.now })
    return (loop.run(), terminal)
  }

  @Test("the loop waits until the console is to be locked")
  func waits() {
    let (ending, terminal) = run([(3, "a"), (4, "a")])
    #expect(ending == .hungUp)
    #expect(terminal.timeouts == [10_000, 10_000, 10_000])
  }

  @Test("a console that is not used gives memory back once, and again when it was used and is left alone")
  func rests() {
    let clock = FakeClock()
    let terminal = FakeTerminal([
      [.event(.key("a"))], [.timeout], [.timeout], [.timeout], [.event(.key("a"))], [.timeout],
    ])
    let count = Mutex(0)
    let compositor = Compositor(root: Counter(), settings: .example, size: terminal.size)
    let loop = ConsoleLoop(
      compositor: compositor, device: terminal, milliseconds: { clock.now },
      releaseMemory: { count.withLock { $0 += 1 } }, begin: { $0() })
    var counts: [Int] = []
    terminal.waited = {
      clock.now += 6_000
      counts.append(count.withLock { $0 })
    }
    _ = loop.run()
    #expect(terminal.timeouts == [10_000, 10_000, 4_000, nil, nil, 10_000, 4_000])
    #expect(counts == [0, 0, 0, 1, 1, 1, 1])
  }

  @Test("work that nobody asked for delays no rest, and gives its memory back at most once a minute")
  func restsFromWork() {
    var rest = Rest()
    rest.used(now: 0)
    rest.worked(now: 5_000)
    #expect(rest.timeout(now: 5_000) == 5_000)
    #expect(!rest.begins(now: 9_999) && rest.begins(now: 10_000) && !rest.begins(now: 10_000))
    #expect(rest.timeout(now: 20_000) == nil)
    rest.worked(now: 20_000)
    rest.worked(now: 30_000)
    #expect(rest.timeout(now: 30_000) == 40_000)
    rest.used(now: 31_000)
    #expect(rest.timeout(now: 31_000) == 10_000)
    // Work once a minute is over when the rest begins.
    let begins = rest.begins(now: 41_000)
    #expect(begins)
    rest.worked(now: 91_000)
    #expect(rest.timeout(now: 91_000) == 10_000)
  }

  @Test("a key that comes when it should have been locked does not undo that")
  func lateKey() {
    let (_, terminal) = run([(15, "a a"), (1, "Enter"), (1, "a")])
    #expect(terminal.shown[1].contains("popsec is locked: ops, Enter resumes"))
    #expect(!terminal.shown[1].contains("count"))
    #expect(terminal.shown[2].contains("count 0"))
    #expect(terminal.shown[3].contains("count 1"))
  }

  @Test("keys that come when it should have been left do nothing, and it is left")
  func lateEnd() {
    let (ending, terminal) = run([(31, "Enter a q Enter")])
    #expect(ending == .idle)
    #expect(terminal.shown.count == 1)
  }

  @Test("a person who comes back from a long suspension sees a locked console, and nothing before it")
  func suspended() {
    let (_, terminal) = run([(1, "C-z"), (1, "a")])
    #expect(terminal.shown.allSatisfy { $0.contains("count 0") || $0.contains("count 1") })
    let clock = FakeClock()
    let long = FakeTerminal([[.event(.key(.control("z")))], [.event(.key("a"))]])
    long.suspended = { clock.now += 11_000 }
    var settings = ConsoleSettings.example
    settings.rules = ConsoleRules(lockAfterMilliseconds: 10_000)
    let compositor = Compositor(root: Counter(), settings: settings, size: long.size)
    _ = ConsoleLoop(compositor: compositor, device: long, milliseconds: { clock.now }).run()
    #expect(long.shown.dropFirst().allSatisfy { $0.contains("is locked") })
  }

  @Test("other rules come by the mailbox")
  func rules() {
    let terminal = FakeTerminal([[.woken], [.event(.key("z"))]])
    let compositor = Compositor(root: Counter(), settings: .example, size: terminal.size)
    let loop = ConsoleLoop(compositor: compositor, device: terminal, milliseconds: { 0 })
    loop.mailbox.post(.rules(ConsoleRules(lockAfterMilliseconds: 5_000, isRecordingSafe: true)))
    _ = loop.run()
    #expect(terminal.timeouts == [nil, 5_000, 5_000])
    #expect(terminal.shown.last?.contains("RECORDING-SAFE") == true)
  }
}

/// Sends three bytes to the terminal.
private struct Sender: Screen {
  enum Message: Sendable { case send }
  let title = "Sender"
  var bindings: [KeyBinding<Message>] { [KeyBinding("b", hint: "send", message: .send)] }
  mutating func update(_ message: Message) -> Effect<Message> { .terminal([1, 2, 3]) }
  func draw(on frame: inout Frame<Message>) {}
}
