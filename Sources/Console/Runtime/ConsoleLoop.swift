package import Terminal

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
  private var timers = Timers()
  private var work: WorkQueue
  private var bytesAfterFrame: [UInt8] = []
  private var ending: Ending?
  private var opened: [any Screen] = []
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
    work = WorkQueue(mailbox: mailbox)
  }

  /// Opens screens over the root, as `--resume` does; they appear when the loop runs.
  package func open(_ screens: [any Screen]) { opened = screens }

  /// Runs until the person quits, a signal asks to end, or the terminal is gone.
  package func run() -> Ending {
    perform(compositor.start())
    for screen in opened { perform(compositor.open(screen)) }
    while true {
      if let ending {
        writeBytesAfterFrame()
        return ending
      }
      draw()
      takeInput()
    }
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
    work.start(where: compositor.isWanted)
    timers.keep(where: compositor.isWanted)
    let input = device.next(timeoutMilliseconds: timeout)
    // A key must not undo what was due before it came, as where the machine slept meanwhile.
    ring()
    take(input)
    drain()
    for letter in mailbox.takeAll() { take(letter) }
    ring()
    while ending == nil, let event = typeAhead.next(now: milliseconds()) { handle(event) }
  }

  private func ring() {
    for delivery in timers.takeDue(now: milliseconds()) { perform(compositor.deliver(delivery)) }
  }

  private var timeout: Int? {
    let now = milliseconds()
    return [timers.timeout(now: now), typeAhead.timeout(now: now)].compactMap { $0 }.min()
  }

  /// A new size is never held: all is drawn by it. Nor is text, where nothing before it is and the field stays.
  private func take(_ event: Event) {
    if case .resize = event { return handle(event) }
    if typeAhead.isEmpty, compositor.takesAtOnce(event) { return handle(event) }
    if typeAhead.holds(now: milliseconds()) { typeAhead.add(event) } else { handle(event) }
  }

  private func handle(_ event: Event) {
    if ending == nil { perform(compositor.handle(event)) }
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

  private func take(_ letter: Mailbox.Letter) {
    switch letter {
    case .finished(let delivery):
      work.finished()
      perform(compositor.deliver(delivery))
    case .refresh: perform(compositor.refresh())
    case .rules(let rules): perform(compositor.setRules(rules))
    case .company(let text): compositor.company = text
    case .storeNews(let text): compositor.storeNews = text
    case .signedOut(let problem): ending = .signedOut(problem)
    }
  }

  private func perform(_ commands: [Command]) {
    for command in commands { perform(command) }
    typeAhead.observe(isAwaiting: compositor.isAwaiting, now: milliseconds())
  }

  private func perform(_ command: Command) {
    switch command {
    case .run(let address, _, let piece): work.add(WorkQueue.Piece(address: address, work: piece))
    case .after(let wait, let address, let effect):
      timers.add(Delivery(to: address, effect), due: milliseconds() + wait)
    case .setReadOnly(let isOn): setReadOnly(isOn)
    case .setMouse(let isOn): device.setMouse(isOn)
    case .terminal(let bytes): bytesAfterFrame += bytes
    case .redraw: device.redrawAll()
    case .suspend:
      device.suspend()
      ring()
      perform(compositor.handle(.resize(device.size)))
    case .quit: ending = .quit
    case .endSession: ending = .idle
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
