private import Dispatch
package import Terminal

/// A request of the compositor to the loop, which has the terminal.
package enum Command: Sendable {
  case setMouse(Bool)
  /// Makes popsec refuse changes, or take them again.
  case setReadOnly(Bool)
  /// Sends bytes to the terminal after the next frame.
  case terminal([UInt8])
  case redraw
  case suspend
  case end(ConsoleLoop.Ending)
}

/// Connects the compositor to a terminal, a clock and threads. The loop waits for input, hands over all that
/// has come, performs the commands, and then draws once.
@MainActor package final class ConsoleLoop {
  /// The reason why the loop ended.
  package enum Ending: Hashable, Sendable {
    case quit
    case terminated(signal: Int32)
    /// The terminal is gone.
    case hungUp
    /// Nobody used the console for a long time.
    case idle
    /// The person may no longer use the console.
    case signedOut(Problem)
  }

  /// The mailbox in which other threads leave letters, such as one that says that the data may have changed.
  package let mailbox: Mailbox
  package private(set) var compositor: Compositor
  private let device: any TerminalDevice
  private let milliseconds: () -> Int
  private let setReadOnly: (Bool) -> Void
  private let begin: Beginning
  private let releaseMemory: (@Sendable () -> Void)?
  private var rest = Rest()
  private var bytesAfterFrame: [UInt8] = []
  private var ending: Ending?
  private var typeAhead = TypeAhead()

  /// The most inputs that are taken before a frame is drawn, however fast more input comes.
  private static let mostInputsPerFrame = 4_096

  /// Begins a piece of work on another thread.
  package typealias Beginning = (@escaping @Sendable () -> Void) -> Void

  /// Makes a loop. `milliseconds` is a clock that starts at any value, and never goes back. `releaseMemory` is called on
  /// another thread when the console was not used for a while; see ``Rest``.
  package init(
    compositor: Compositor, device: any TerminalDevice,
    milliseconds: @escaping () -> Int = ConsoleLoop.stopwatch(),
    setReadOnly: @escaping (Bool) -> Void = { _ in },
    releaseMemory: (@Sendable () -> Void)? = nil,
    begin: @escaping Beginning = { DispatchQueue.global().async(execute: $0) }
  ) {
    self.begin = begin
    self.setReadOnly = setReadOnly
    self.releaseMemory = releaseMemory
    self.compositor = compositor
    self.device = device
    self.milliseconds = milliseconds
    mailbox = Mailbox(waker: device.waker)
  }

  /// Runs until the person quits, a signal asks for the end, or the terminal is gone.
  /// - Parameters:
  ///   - screens: screens to open over the root, as `--resume` does.
  ///   - admit: called when the first frame is shown, before any work begins and before any key is taken. What it throws
  ///     ends the loop.
  package func run(opening screens: [any Screen] = [], admit: () throws -> Void) rethrows -> Ending {
    tell { $0.start(opening: screens) }
    rest.used(now: compositor.now)
    var isAdmitted = false
    while true {
      dropTypeAhead()
      if let ending {
        writeBytesAfterFrame()
        return ending
      }
      draw()
      if !isAdmitted { try admit() }
      isAdmitted = true
      takeInput()
    }
  }

  package func run(opening screens: [any Screen] = []) -> Ending { run(opening: screens) {} }

  /// Tells the compositor something, and performs the commands that follow.
  private func tell(_ body: (inout Compositor) -> Void) {
    compositor.now = milliseconds()
    body(&compositor)
    for command in compositor.takeCommands() { perform(command) }
    typeAhead.observe(isAwaiting: compositor.awaited.holdsKeys, now: milliseconds())
  }

  /// Drops the keys that came before a screen which asks for this is shown. A key that comes after the frame
  /// was sent answers that frame, so this must be done before.
  private func dropTypeAhead() {
    guard compositor.isDroppingTypeAhead else { return }
    typeAhead.drop()
    drain()
  }

  private func draw() {
    device.present(compositor.draw())
    writeBytesAfterFrame()
    compositor.presented()
  }

  private func writeBytesAfterFrame() {
    if !bytesAfterFrame.isEmpty { device.writeRaw(bytesAfterFrame) }
    bytesAfterFrame = []
  }

  private func takeInput() {
    beginWork()
    let input = device.next(timeoutMilliseconds: timeout)
    // A timer that was due before the key came rings first. This matters where the machine slept in between.
    ring()
    take(input)
    drain()
    for letter in mailbox.takeAll() { tell(letter.tell) }
    ring()
    if let releaseMemory, rest.begins(now: milliseconds()) { begin(releaseMemory) }
    while ending == nil, let event = typeAhead.next(now: milliseconds()) { handle(event) }
  }

  private func beginWork() {
    for work in compositor.beginWork() {
      rest.worked(now: compositor.now)
      begin { [mailbox] in
        let effect = work.effect()
        mailbox.post(Mailbox.Letter { $0.finish(work.ticket, with: effect) })
      }
    }
  }

  private func ring() { tell { $0.ring(by: $0.now) } }

  private var timeout: Int? {
    compositor.now = milliseconds()
    let untilRest = releaseMemory == nil ? nil : rest.timeout(now: compositor.now)
    return [compositor.timeout, typeAhead.timeout(now: compositor.now), untilRest].compactMap { $0 }.min()
  }

  /// Takes an event, or holds it back. A new size is never held back, because it changes the whole drawing.
  /// Text for a field is not held back either, unless other events are held back before it.
  private func take(_ event: Event) {
    if case .resize = event { return handle(event) }
    if typeAhead.isEmpty, compositor.takesAtOnce(event) { return handle(event) }
    if typeAhead.holds(now: milliseconds()) { typeAhead.add(event) } else { handle(event) }
  }

  private func handle(_ event: Event) {
    guard ending == nil else { return }
    tell { $0.handle(event) }
    rest.used(now: compositor.now)
  }

  /// Takes all input that has already come.
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

  /// A clock that counts milliseconds from now on.
  package nonisolated static func stopwatch() -> () -> Int {
    let clock = ContinuousClock()
    let start = clock.now
    return {
      let (seconds, attoseconds) = start.duration(to: clock.now).components
      return Int(seconds) * 1_000 + Int(attoseconds / 1_000_000_000_000_000)
    }
  }
}
