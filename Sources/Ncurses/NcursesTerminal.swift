private import CNcurses
private import CPlatform
package import Terminal
private import Glibc

/// The terminal at stdin and stdout, through ncurses. Only one may exist at a time, because ncurses and
/// signals belong to the process.
@MainActor package final class NcursesTerminal: TerminalDevice {
  package private(set) var size: Size
  package let waker: any TerminalWaker = PipeWaker()

  private let tty = Tty(descriptor: STDOUT_FILENO)
  private let input: TtyInput
  private let modes: TerminalModes
  private let painter: Painter
  private let output: FrameOutput
  private let widthQuestion = WidthQuestion()
  private var hasMouse = false
  private var isOpen = true

  /// Opens the screen. Where there is none, the initializer throws without having changed anything.
  package init(_ options: NcursesOptions) throws(TerminalError) {
    try Self.check(options.type)
    guard popsec_guard_keep_modes(tty.descriptor) == 0 else { throw .notATerminal }
    let repertoire = Charset.open(options)
    output = FrameOutput(tty)
    guard popsec_newterm(options.type, output.descriptor) != nil else {
      output.close()
      throw .unknown(options.type)
    }
    modes = TerminalModes()
    Self.configureScreen()
    painter = Painter(
      repertoire: repertoire, palette: Self.openPalette(options), showsSelection: options.showsSelection,
      output: output)
    input = TtyInput(tty: STDIN_FILENO, signals: popsec_signals_open())
    size = Size(columns: Int(popsec_columns()), rows: Int(popsec_rows()))
    takeSize()
    enterModes()
    setMouse(options.mouse)
    if modes.isModern, repertoire == .unicode { askWidth() }
  }

  /// Restores the terminal. What is presented later is lost.
  package func close() {
    guard isOpen else { return }
    leaveModes()
    awaitWidth()
    isOpen = false
    endwin()
    output.close()
    popsec_guard_disarm()
    popsec_signals_close()
  }

  package func present(_ canvas: Canvas) {
    guard isOpen else { return }
    painter.paint(canvas, window: size)
  }

  package func redrawAll() { painter.redraw() }

  package func setMouse(_ enabled: Bool) {
    guard isOpen, modes.isModern, enabled != hasMouse else { return }
    hasMouse = enabled
    tty.write(enabled ? TerminalModes.mouseOn : TerminalModes.mouseOff)
  }

  package func writeRaw(_ bytes: [UInt8]) {
    if isOpen { tty.write(bytes) }
  }

  package func suspend() {
    guard isOpen else { return }
    let hadMouse = hasMouse
    leaveModes()
    endwin()
    popsec_guard_disarm()
    popsec_stop()
    hasMouse = hadMouse
    // The shell may have changed the modes since the start.
    _ = popsec_guard_keep_modes(tty.descriptor)
    def_shell_mode()
    resume()
  }

  package func next(timeoutMilliseconds: Int?) -> TerminalInput {
    let deadline = timeoutMilliseconds.map { ContinuousClock.now + .milliseconds($0) }
    while true {
      if let arrived = takeSignals() { return arrived }
      if let event = input.take() { return .event(event) }
      if isWidthAnswered() { return .event(.resize(size)) }
      switch input.wait(until: deadline) {
      case .input, .signals: continue
      case .hungUp: return .hungUp
      case .timeout: if let deadline, deadline <= .now { return takeLate() }
      }
    }
  }

  /// The event that the passing of time completed, otherwise the timeout.
  private func takeLate() -> TerminalInput { input.take().map { .event($0) } ?? .timeout }
}

// MARK: - signals

extension NcursesTerminal {
  private func takeSignals() -> TerminalInput? {
    let arrived = popsec_signals_take()
    guard arrived != 0 else { return nil }
    let has = { (signal: Int32) in arrived & 1 << UInt32(signal) != 0 }
    if let end = [SIGHUP, SIGTERM, SIGINT, SIGQUIT].first(where: has) { return .terminate(signal: end) }
    let isWoken = arrived & 1 != 0
    guard followsShellOrWindow(has) else { return isWoken ? .woken : nil }
    // The new size is reported first, and the waking by the next call.
    if isWoken { popsec_wake() }
    return .event(.resize(size))
  }

  /// Stops, continues, or takes a new size, as the signals ask. Returns whether everything must be drawn
  /// again.
  private func followsShellOrWindow(_ has: (Int32) -> Bool) -> Bool {
    if has(SIGTSTP) {
      suspend()
      return true
    }
    if has(SIGCONT) {
      resume()
      return true
    }
    return has(SIGWINCH) && takeSize()
  }
}

// MARK: - opening, leaving, coming back

extension NcursesTerminal {
  private static func check(_ type: String) throws(TerminalError) {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
    if type.isEmpty { throw .noType }
    let name = fit(type, columns: 40)
    if type == "dumb" || type == "unknown" { throw .tooSimple(name) }
    switch popsec_terminfo(type) {
    case 1: if !TerminalModes.has("cup") { throw .tooSimple(name) }
    case 0: throw .unknown(name)
    default: throw .noDatabase
    }
  }

  private static func configureScreen() {
    raw()
    noecho()
    nonl()
    keypad(popsec_stdscr(), true)
    scrollok(popsec_stdscr(), false)
    idlok(popsec_stdscr(), true)
    // A frame must be drawn completely, even while keys wait.
    typeahead(-1)
  }

  private static func openPalette(_ options: NcursesOptions) -> ColorPalette {
    guard options.color, has_colors(), start_color() == OK, use_default_colors() == OK else { return .mono }
    return ColorPalette(colors: Int(popsec_colors()), isColorWanted: true, theme: options.theme)
  }

  private func enterModes() {
    let reset = modes.reset
    popsec_guard_arm(tty.descriptor, reset, reset.count)
    if modes.isModern { tty.write(TerminalModes.pasteOn) }
  }

  private func leaveModes() {
    setMouse(false)
    if modes.isModern { tty.write(TerminalModes.pasteOff) }
    // A terminal with only one screen would keep the console's contents, which the shell's user need not see.
    if !TerminalModes.has("rmcup") { painter.clear() }
  }

  /// Takes the terminal again after another program had it.
  private func resume() {
    let wantsMouse = hasMouse
    reset_prog_mode()
    takeSize()
    enterModes()
    hasMouse = false
    setMouse(wantsMouse)
    redrawAll()
    // These signals have just been handled.
    popsec_signals_forget(SIGCONT)
    popsec_signals_forget(SIGWINCH)
  }

  /// Takes over the window's size. Returns whether the size changed.
  @discardableResult private func takeSize() -> Bool {
    guard let now = tty.size, now != size else { return false }
    size = now
    resize_term(Int32(now.rows), Int32(now.columns))
    redrawAll()
    return true
  }
}

// MARK: - the width of signs that some terminals draw wide

extension NcursesTerminal {
  /// Asks the terminal where its cursor is after a sign of ambiguous width. Nothing waits for the answer.
  private func askWidth() {
    // The screen is entered first, so that the sign does not stay on the shell's screen.
    painter.clear()
    tty.write(WidthQuestion.bytes)
    widthQuestion.asked()
  }

  /// Whether the answer has just come, and changes what can be drawn.
  private func isWidthAnswered() -> Bool {
    guard widthQuestion.isWide(column: input.cursorColumn) else { return false }
    painter.repertoire = .wideAmbiguous
    redrawAll()
    return true
  }

  /// Waits for the answer, which would be typed into the shell if it came after the end.
  private func awaitWidth() {
    guard let deadline = widthQuestion.deadline else { return }
    while !widthQuestion.isAnswered(column: input.cursorColumn), input.wait(until: deadline) == .input {
      while input.take() != nil {}
    }
  }
}
