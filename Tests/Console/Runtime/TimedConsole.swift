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
  private var timers = Timers()
  private var now = 0

  init(_ compositor: Compositor) {
    self.compositor = compositor
    canvas = Canvas(compositor.size)
    perform(self.compositor.start())
    draw()
  }

  var text: String { canvas.text }
  /// All that is on the screen but blanks.
  var words: String { text.split { $0.isWhitespace }.joined(separator: " ") }

  mutating func press(_ macro: String) {
    for key in keyPresses(macro) { handle(.key(key)) }
  }

  mutating func handle(_ event: Event) {
    perform(compositor.handle(event))
    draw()
  }

  /// Keys that come faster than they can be drawn.
  mutating func pressAhead(_ macro: String) {
    for key in keyPresses(macro) { perform(compositor.handle(.key(key))) }
    draw()
  }

  mutating func setRules(_ rules: ConsoleRules) {
    perform(compositor.setRules(rules))
    draw()
  }

  /// Lets time pass, timer by timer.
  mutating func wait(seconds: Int) { wait(milliseconds: seconds * 1_000) }

  mutating func wait(milliseconds: Int) {
    let end = now + milliseconds
    while true {
      timers.keep(where: compositor.isWanted)
      guard let next = timers.timeout(now: now), now + next <= end else { break }
      now += next
      ring()
    }
    now = end
    draw()
  }

  /// The machine sleeps: whatever was due meanwhile is due when it wakes.
  mutating func suspend(seconds: Int) {
    now += seconds * 1_000
    ring()
    draw()
  }

  private mutating func ring() {
    for delivery in timers.takeDue(now: now) { perform(compositor.deliver(delivery)) }
  }

  private mutating func draw() {
    canvas = compositor.draw()
    compositor.presented()
  }

  private mutating func perform(_ commands: [Command]) {
    for command in commands {
      switch command {
      case .run(let address, _, let work): perform(compositor.deliver(Delivery(to: address, work())))
      case .after(let wait, let address, let message):
        timers.add(Delivery(to: address, message), due: now + wait)
      case .terminal(let bytes): self.bytes.append(bytes)
      case .endSession: hasEnded = true
      case .suspend: suspends = true
      default: break
      }
    }
  }
}
