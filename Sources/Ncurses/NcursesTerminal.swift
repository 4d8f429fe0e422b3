private import CNcurses
private import CPlatform
package import Terminal
private import Glibc

/// The terminal at stdin and stdout, through ncurses. One at a time: ncurses and signals are
/// the process'.
@MainActor package final class NcursesTerminal: TerminalDevice {
  package private(set) var size: Size
  package let waker: any TerminalWaker = PipeWaker()

  private let tty = Tty(descriptor: STDOUT_FILENO)
  private let input: TtyInput
  private let modes: TerminalModes
  private let painter: Painter
  private let widthQuestion = WidthQuestion()
  private var hasMouse = false
  private var isOpen = true

  /// Opens the screen; throws where there is none to open, having changed nothing.
  package init(_ options: NcursesOptions) throws(TerminalError) {
    try Self.check(options.type)
    guard popsec_guard_keep_modes(tty.descriptor) == 0 else { throw .notATerminal }
    let repertoire = Charset.open(options)
    guard popsec_newterm(options.type) != nil else { throw .unknown(options.type) }
    modes = TerminalModes()
    Self.configureScreen()
    painter = Painter(
      repertoire: repertoire, palette: Self.openPalette(options), showsSelection: options.showsSelection)
    input = TtyInput(tty: STDIN_FILENO, signals: popsec_signals_open())
    size = Size(columns: Int(popsec_columns()), rows: Int(popsec_rows()))
    takeSize()
    enterModes()
    setMouse(options.mouse)
    if modes.isModern, repertoire == .unicode { askWidth() }
  }

  /// Gives the terminal back as it was found. What is presented later is lost.
  package func close() {
    guard isOpen else { return }
    leaveModes()
    awaitWidth()
    isOpen = false
    endwin()
    popsec_guard_disarm()
    popsec_signals_close()
  }

  package func present(_ canvas: Canvas) {
    guard isOpen else { return }
    painter.paint(canvas, window: size)
  }

  package func redrawAll() {
    painter.forget()
    clearok(popsec_curscr(), true)
  }

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
    // The shell may have other modes now than when this began.
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

  /// What became complete by the passing of time, else the timeout.
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
    // The waking is told next, after the new size.
    if isWoken { popsec_wake() }
    return .event(.resize(size))
  }

  /// Stops, comes back, or takes a new size, as the signals say; whether all is to be drawn.
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
    // A frame is never left half drawn for keys that wait.
    typeahead(-1)
  }

  private static func openPalette(_ options: NcursesOptions) -> ColorPalette {
    guard options.color, has_colors(), start_color() == OK, use_default_colors() == OK else { return .mono }
    return ColorPalette(colors: Int(popsec_colors()), isColorWanted: true)
  }

  private func enterModes() {
    let reset = modes.reset
    popsec_guard_arm(tty.descriptor, reset, reset.count)
    if modes.isModern { tty.write(TerminalModes.pasteOn) }
  }

  private func leaveModes() {
    setMouse(false)
    if modes.isModern { tty.write(TerminalModes.pasteOff) }
    // A terminal with one screen keeps what stood on it, which isn't the shell's business.
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
    // What was just taken care of.
    popsec_signals_forget(SIGCONT)
    popsec_signals_forget(SIGWINCH)
  }

  /// Takes over the window's size; whether it changed.
  @discardableResult private func takeSize() -> Bool {
    guard let now = tty.size, now != size else { return false }
    size = now
    resize_term(Int32(now.rows), Int32(now.columns))
    redrawAll()
    return true
  }
}

// MARK: - the width of what some terminals draw wide

extension NcursesTerminal {
  /// Has the terminal say where its cursor is behind a sign of ambiguous width. Nothing waits for the answer.
  private func askWidth() {
    // The screen is entered first: the sign must not stay on the shell's.
    painter.clear()
    tty.write(WidthQuestion.bytes)
    widthQuestion.asked()
  }

  /// Whether the answer has come just now, and changes what can be drawn.
  private func isWidthAnswered() -> Bool {
    guard widthQuestion.isWide(column: input.cursorColumn) else { return false }
    painter.repertoire = .wideAmbiguous
    redrawAll()
    return true
  }

  /// An answer that comes after the end would be typed into the shell.
  private func awaitWidth() {
    guard let deadline = widthQuestion.deadline else { return }
    while !widthQuestion.isAnswered(column: input.cursorColumn), input.wait(until: deadline) == .input {
      while input.take() != nil {}
    }
  }
}
