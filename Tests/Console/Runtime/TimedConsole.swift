import Console
import Terminal
import Testing

/// A console whose time passes when a test says so; work is done at once.
struct TimedConsole {
  private(set) var compositor: Compositor
  private(set) var canvas: Canvas
  /// What was written to the terminal beside what was drawn.
  private(set) var bytes: [[UInt8]] = []
  private(set) var hasEnded = false
  private(set) var suspends = false
  private var now = 0

  init(_ compositor: Compositor) {
    self.compositor = compositor
    canvas = Canvas(compositor.size)
    tell { $0.start() }
    draw()
  }

  var text: String { canvas.text }
  /// All that is on the screen but blanks.
  var words: String { text.split { $0.isWhitespace }.joined(separator: " ") }

  mutating func press(_ macro: String) {
    for key in keyPresses(macro) { handle(.key(key)) }
  }

  mutating func handle(_ event: Event) {
    tell { $0.handle(event) }
    draw()
  }

  /// Keys that come faster than they can be drawn.
  mutating func pressAhead(_ macro: String) {
    for key in keyPresses(macro) { tell { $0.handle(.key(key)) } }
    draw()
  }

  mutating func setRules(_ rules: ConsoleRules) {
    tell { $0.setRules(rules) }
    draw()
  }

  /// Lets time pass, timer by timer.
  mutating func wait(seconds: Int) { wait(milliseconds: seconds * 1_000) }

  mutating func wait(milliseconds: Int) {
    let end = now + milliseconds
    while let next = compositor.timeout, now + next <= end {
      now += next
      ring()
    }
    now = end
    compositor.now = now
    draw()
  }

  /// The machine sleeps: whatever was due meanwhile is due when it wakes.
  mutating func suspend(seconds: Int) {
    now += seconds * 1_000
    ring()
    draw()
  }

  private mutating func ring() { tell { $0.ring(by: $0.now) } }

  private mutating func draw() {
    canvas = compositor.draw()
    compositor.presented()
  }

  /// Tells the compositor something, as other threads do, and draws.
  mutating func receive(_ body: (inout Compositor) -> Void) {
    tell(body)
    draw()
  }

  private mutating func tell(_ body: (inout Compositor) -> Void) {
    compositor.now = now
    body(&compositor)
    for command in compositor.takeCommands() {
      switch command {
      case .terminal(let bytes): self.bytes.append(bytes)
      case .end(.idle): hasEnded = true
      case .suspend: suspends = true
      default: break
      }
    }
    for work in compositor.beginWork() { tell { $0.finish(work.ticket, with: work.effect()) } }
  }
}
