import Terminal

/// A console that nobody is at shows nothing, and takes nothing but Enter.
extension Compositor {
  /// Somebody is there: the time without a key begins anew.
  ///
  /// The end is counted from when it is to be locked, and not from when it was: a machine that slept over
  /// both wakes to a console that is left.
  mutating func stirred() {
    guard let wait = rules.lockAfterMilliseconds else { return }
    startOwnTimer(.lock, milliseconds: wait)
    guard let more = rules.endAfterMilliseconds else { return }
    startOwnTimer(.endSession, milliseconds: wait + more)
  }

  /// As a person wants it: the end is counted from now.
  mutating func lockAtOnce() {
    lock()
    tickets.cancel(OwnTimer.lock.rawValue, of: Self.chrome)
    if let wait = rules.endAfterMilliseconds { startOwnTimer(.endSession, milliseconds: wait) }
  }

  /// Pending edits stay, secrets don't.
  mutating func lock() {
    isLocked = true
    toast = nil
    closeSecrets()
  }

  private mutating func unlock() {
    isLocked = false
    // What was typed behind the Enter was typed before anything could be seen.
    isDroppingTypeAhead = true
    tickets.cancel(OwnTimer.endSession.rawValue, of: Self.chrome)
    stirred()
  }

  mutating func handleLocked(_ event: Event) {
    switch event {
    case .resize(let size): resize(to: size)
    case .key(.enter): unlock()
    case .key, .paste, .mouse: break
    }
  }

  /// Takes other rules, as where a setting was changed meanwhile.
  package mutating func setRules(_ rules: ConsoleRules) -> [Command] {
    guard rules != self.rules else { return [] }
    let isTimed =
      rules.lockAfterMilliseconds != self.rules.lockAfterMilliseconds
      || rules.endAfterMilliseconds != self.rules.endAfterMilliseconds
    self.rules = rules
    if rules.isRecordingSafe { closeSecrets() }
    if isTimed { restartTimers() }
    return takeCommands()
  }

  private mutating func restartTimers() {
    for timer in [OwnTimer.lock, .endSession] { tickets.cancel(timer.rawValue, of: Self.chrome) }
    if !isLocked { return stirred() }
    if let wait = rules.endAfterMilliseconds { startOwnTimer(.endSession, milliseconds: wait) }
  }

  /// Closes what shows a secret, and what lies above it.
  private mutating func closeSecrets() {
    if let first = stack.first(where: \.screen.closesOnLock) { close(first.id, with: nil) }
  }

  /// One line: neither where somebody is, nor on which store.
  func drawLocked(on canvas: inout Canvas) {
    var frame = Frame<Target>(canvas, bounds: Rect(size))
    let text = fit(
      "\(settings.product) is locked: \(settings.person), Enter resumes", columns: max(0, size.columns - 2))
    frame.put(text, column: max(0, (size.columns - cellWidth(of: text)) / 2), row: size.rows / 2)
    canvas = frame.canvas
  }
}
