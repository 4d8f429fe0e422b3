private import Dispatch
package import Terminal

/// What the compositor asks of the loop that has the terminal.
package enum Command: Sendable {
  case setMouse(Bool)
  /// Refuse changes, or take them again.
  case setReadOnly(Bool)
  /// Bytes for the terminal, after the next frame.
  case terminal([UInt8])
  case redraw
  case suspend
  case end(ConsoleLoop.Ending)
}

/// Ties the compositor to a terminal, a clock and threads: waits for input, hands over all that
/// has come, performs what is asked, draws once.
@MainActor package final class ConsoleLoop {
  /// Why the loop has ended.
  package enum Ending: Hashable, Sendable {
    case quit
    case terminated(signal: Int32)
    /// The terminal is gone.
    case hungUp
    /// Nobody was there for long.
    case idle
    /// The person may no longer be here.
    case signedOut(Problem)
  }

  /// Where other threads leave letters, such as that the data may have changed.
  package let mailbox: Mailbox
  package private(set) var compositor: Compositor
  private let device: any TerminalDevice
  private let milliseconds: () -> Int
  private let setReadOnly: (Bool) -> Void
  private let workers = DispatchQueue(label: "console.work", attributes: .concurrent)
  private var bytesAfterFrame: [UInt8] = []
  private var ending: Ending?
  private var typeAhead = TypeAhead()

  /// Input taken before a frame is drawn at the latest, however fast more comes.
  private static let mostInputsPerFrame = 4_096

  /// The clock counts milliseconds from any start, and never goes back.
  package init(
    compositor: Compositor, device: any TerminalDevice,
    milliseconds: @escaping () -> Int = ConsoleLoop.stopwatch(),
    setReadOnly: @escaping (Bool) -> Void = { _ in }
  ) {
    self.setReadOnly = setReadOnly
    self.compositor = compositor
    self.device = device
    self.milliseconds = milliseconds
    mailbox = Mailbox(waker: device.waker)
  }

  /// Runs until the person quits, a signal asks to end, or the terminal is gone.
  /// - Parameter screens: to be opened over the root, as by `--resume`.
  package func run(opening screens: [any Screen] = []) -> Ending {
    tell { $0.start() }
    for screen in screens { tell { $0.open(screen) } }
    while true {
      if let ending {
        writeBytesAfterFrame()
        return ending
      }
      draw()
      takeInput()
    }
  }

  /// Tells the compositor something, and does what it asks for then.
  private func tell(_ body: (inout Compositor) -> Void) {
    compositor.now = milliseconds()
    body(&compositor)
    for command in compositor.takeCommands() { perform(command) }
    typeAhead.observe(isAwaiting: compositor.awaited.holdsKeys, now: milliseconds())
  }

  private func draw() {
    let dropsInput = compositor.isDroppingTypeAhead
    device.present(compositor.draw())
    writeBytesAfterFrame()
    if dropsInput {
      typeAhead.drop()
      drain()
    }
    compositor.presented()
  }

  private func writeBytesAfterFrame() {
    if !bytesAfterFrame.isEmpty { device.writeRaw(bytesAfterFrame) }
    bytesAfterFrame = []
  }

  private func takeInput() {
    beginWork()
    let input = device.next(timeoutMilliseconds: timeout)
    // A key must not undo what was due before it came, as where the machine slept meanwhile.
    ring()
    take(input)
    drain()
    for letter in mailbox.takeAll() { tell(letter.tell) }
    ring()
    while ending == nil, let event = typeAhead.next(now: milliseconds()) { handle(event) }
  }

  private func beginWork() {
    for work in compositor.beginWork() {
      workers.async { [mailbox] in
        let effect = work.effect()
        mailbox.post(Mailbox.Letter { $0.finish(work.ticket, with: effect) })
      }
    }
  }

  private func ring() { tell { $0.ring(by: $0.now) } }

  private var timeout: Int? {
    compositor.now = milliseconds()
    return [compositor.timeout, typeAhead.timeout(now: compositor.now)].compactMap { $0 }.min()
  }

  /// A new size is never held: all is drawn by it. Nor is text, where nothing before it is and the field stays.
  private func take(_ event: Event) {
    if case .resize = event { return handle(event) }
    if typeAhead.isEmpty, compositor.takesAtOnce(event) { return handle(event) }
    if typeAhead.holds(now: milliseconds()) { typeAhead.add(event) } else { handle(event) }
  }

  private func handle(_ event: Event) {
    if ending == nil { tell { $0.handle(event) } }
  }

  /// Takes all that has come already.
  private func drain() {
    for _ in 0..<Self.mostInputsPerFrame where ending == nil {
      let input = device.next(timeoutMilliseconds: 0)
      if input == .timeout { return }
      take(input)
    }
  }

  private func take(_ input: TerminalInput) {
    switch input {
    case .event(let event): take(event)
    case .woken, .timeout: break
    case .terminate(let signal): ending = .terminated(signal: signal)
    case .hungUp: ending = .hungUp
    }
  }

  private func perform(_ command: Command) {
    switch command {
    case .setReadOnly(let isOn): setReadOnly(isOn)
    case .setMouse(let isOn): device.setMouse(isOn)
    case .terminal(let bytes): bytesAfterFrame += bytes
    case .redraw: device.redrawAll()
    case .suspend:
      device.suspend()
      ring()
      tell { $0.handle(.resize(device.size)) }
    case .end(let ending): self.ending = ending
    }
  }

  /// Counts milliseconds from now on.
  package nonisolated static func stopwatch() -> () -> Int {
    let clock = ContinuousClock()
    let start = clock.now
    return {
      let (seconds, attoseconds) = start.duration(to: clock.now).components
      return Int(seconds) * 1_000 + Int(attoseconds / 1_000_000_000_000_000)
    }
  }
}
