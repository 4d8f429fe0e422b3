import Terminal
import Testing

@testable import Console

/// A console without a terminal, driven by key macros: work is done at once, timers when told.
struct ConsoleDriver {
  private(set) var compositor: Compositor
  private(set) var canvas: Canvas
  /// Commands for the terminal, in order.
  private(set) var commands: [Command] = []
  /// Work that was held back, since `holdsWork` was set.
  private(set) var heldWork: [Awaited.Entry] = []
  var holdsWork = false

  init(
    _ root: any Screen, settings: ConsoleSettings = .example, size: Size = Size(columns: 80, rows: 24)
  ) {
    self.init(Compositor(root: root, settings: settings, size: size))
  }

  init(_ compositor: Compositor) {
    self.compositor = compositor
    canvas = Canvas(compositor.size)
    tell { $0.start() }
    draw()
  }

  /// Presses keys as `Down*3 Enter "abc"` names them, drawing after each.
  mutating func press(_ macro: String, sourceLocation: SourceLocation = #_sourceLocation) {
    for key in keyPresses(macro, sourceLocation: sourceLocation) { handle(.key(key)) }
  }

  /// Presses keys that come faster than they can be drawn.
  mutating func pressAhead(_ macro: String, sourceLocation: SourceLocation = #_sourceLocation) {
    for key in keyPresses(macro, sourceLocation: sourceLocation) { tell { $0.handle(.key(key)) } }
    draw()
  }

  mutating func handle(_ event: Event) {
    tell { $0.handle(event) }
    draw()
  }

  /// Clicks the first place where a text stands.
  mutating func click(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    for (row, line) in canvas.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard let range = line.firstRange(of: text) else { continue }
      let column = line.distance(from: line.startIndex, to: range.lowerBound)
      handle(.mouse(Mouse(.click, at: Point(column: column, row: row))))
      return
    }
    Issue.record("\(text) stands nowhere in\n\(canvas.text)", sourceLocation: sourceLocation)
  }

  /// Does the work that was held back, in the order of those indices.
  mutating func finishWork(_ order: [Int]) {
    let held = heldWork
    heldWork = []
    for index in order {
      tell { $0.finish(held[index].ticket, with: held[index].effect()) }
    }
    draw()
  }

  /// Lets time pass, without timers.
  mutating func pass(milliseconds: Int) { compositor.now += milliseconds }

  /// Lets all timers ring that were set until now.
  mutating func elapse() {
    tell { $0.ring(by: .max) }
    draw()
  }

  mutating func open(_ screen: any Screen) {
    tell { $0.push(screen, opener: $0.stack.last?.id) }
    draw()
  }

  mutating func draw() {
    canvas = compositor.draw()
    compositor.presented()
  }

  /// Tells the compositor something, and does the work that it wants done then.
  private mutating func tell(_ body: (inout Compositor) -> Void) {
    body(&compositor)
    commands += compositor.takeCommands()
    for work in compositor.beginWork() {
      if holdsWork {
        heldWork.append(work)
      } else {
        tell { $0.finish(work.ticket, with: work.effect()) }
      }
    }
  }

  var text: String { canvas.text }
  var lines: [String] { text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
  var quits: Bool {
    commands.contains { if case .end(.quit) = $0 { true } else { false } }
  }
}

extension ConsoleSettings {
  /// Those of the tests: a quit dialog, a palette, help.
  static var example: ConsoleSettings {
    ConsoleSettings(
      product: "popsec", context: "demo · UTC", palette: { PaletteScreen(PaletteEntry.entries(of: $0)) },
      help: { HelpScreen($0) })
  }
}
