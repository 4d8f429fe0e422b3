import Terminal

/// Locks a console that nobody is using. A locked console shows nothing, and takes only Enter.
extension Compositor {
  /// Starts the timers for locking and for ending again, because the person pressed a key. In a locked
  /// console only the timer for ending runs.
  ///
  /// The time until the end is counted from when the console should lock, and not from when it did lock. So a
  /// machine that slept during both times wakes to a console that ends at once.
  mutating func watch() {
    let untilLocked = isLocked ? 0 : rules.lockAfterMilliseconds
    setTimer(.lock, milliseconds: isLocked ? nil : untilLocked) { $0.lock() }
    let untilEnd = untilLocked.flatMap { wait in rules.endAfterMilliseconds.map { wait + $0 } }
    setTimer(.end, milliseconds: untilEnd) { $0.commands.append(.end(.idle)) }
  }

  /// Locks the console. Pending edits stay open, and screens with secrets are closed.
  mutating func lock() {
    isLocked = true
    toast = nil
    closeSecrets()
  }

  /// Takes an event of a console that is locked.
  mutating func unlock(by event: Event) {
    guard event == .key(.enter) else { return }
    isLocked = false
    // Whatever was typed after this Enter was typed before the person could see anything.
    isDroppingTypeAhead = true
    watch()
  }

  /// Takes new rules, because a setting may have changed while the console runs.
  package mutating func setRules(_ rules: ConsoleRules) {
    let before = self.rules
    guard rules != before else { return }
    self.rules = rules
    if rules.isRecordingSafe { closeSecrets() }
    let isTimed = { (rules: ConsoleRules) in [rules.lockAfterMilliseconds, rules.endAfterMilliseconds] }
    if isTimed(rules) != isTimed(before) { watch() }
  }

  /// Closes the screens that show a secret, and those above them.
  private mutating func closeSecrets() {
    if let first = stack.first(where: \.screen.closesOnLock) { close(first.id, with: nil) }
  }
}

/// Protects a screen that opens by itself while the person is typing something else. Keys for the earlier
/// screen must not answer the new one, so it takes no key until nothing has been typed for a moment.
extension Compositor {
  /// The time without typing after which a screen that opened by itself takes keys, in milliseconds. It is
  /// longer than the pause between two keys of a person who types, and shorter than the time for reading a
  /// question.
  static let quietMilliseconds = 600

  /// Whether the screen on top still waits until nothing is being typed.
  var isWaitingForQuiet: Bool { unsettled != nil && unsettled == stack.last?.id }

  mutating func waitForQuiet(_ id: LayerID) {
    unsettled = id
    setTimer(.quiet, milliseconds: Self.quietMilliseconds) { $0.unsettled = nil }
  }

  /// Whether an event comes too early for a screen that has just opened by itself. Such an event does
  /// nothing: the console says so, and the screen waits again.
  mutating func refusesUnsettled(_ event: Event) -> Bool {
    guard isWaitingForQuiet, !isDroppingTypeAhead, !isTooSmall, let top = stack.last else { return false }
    if case .key(let key) = event, Self.terminalKeys.contains(key) { return false }
    waitForQuiet(top.id)
    showOfKey("nothing was pressed: “\(top.screen.title)” had just opened", .warning)
    return true
  }
}
