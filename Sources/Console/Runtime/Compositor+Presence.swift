import Terminal

/// A console that nobody is at shows nothing, and takes nothing but Enter.
extension Compositor {
  /// Somebody is there: the time without a key begins anew. While it is locked, only that until the end does.
  ///
  /// The end is counted from when it is to be locked, and not from when it was: a machine that slept over
  /// both wakes to a console that is left.
  mutating func watch() {
    let untilLocked = isLocked ? 0 : rules.lockAfterMilliseconds
    setTimer(.lock, milliseconds: isLocked ? nil : untilLocked) { $0.lock() }
    let untilEnd = untilLocked.flatMap { wait in rules.endAfterMilliseconds.map { wait + $0 } }
    setTimer(.end, milliseconds: untilEnd) { $0.commands.append(.end(.idle)) }
  }

  /// Pending edits stay, secrets don't.
  mutating func lock() {
    isLocked = true
    toast = nil
    closeSecrets()
  }

  /// Takes an event of a console that is locked.
  mutating func unlock(by event: Event) {
    guard event == .key(.enter) else { return }
    isLocked = false
    // What was typed behind the Enter was typed before anything could be seen.
    isDroppingTypeAhead = true
    watch()
  }

  /// Takes other rules, as where a setting was changed meanwhile.
  package mutating func setRules(_ rules: ConsoleRules) {
    let before = self.rules
    guard rules != before else { return }
    self.rules = rules
    if rules.isRecordingSafe { closeSecrets() }
    let isTimed = { (rules: ConsoleRules) in [rules.lockAfterMilliseconds, rules.endAfterMilliseconds] }
    if isTimed(rules) != isTimed(before) { watch() }
  }

  /// Closes what shows a secret, and what lies above it.
  private mutating func closeSecrets() {
    if let first = stack.first(where: \.screen.closesOnLock) { close(first.id, with: nil) }
  }
}

/// A screen that opens by itself comes between the keys of somebody who is typing something else. Such keys must
/// not answer it, so it takes none before nothing was typed for a moment.
extension Compositor {
  /// How long nothing must be typed before a screen that opened by itself takes a key, in milliseconds. It is
  /// longer than the pause between two keys of somebody who types, and shorter than it takes to read a question.
  static let quietMilliseconds = 600

  /// Whether the screen on top still waits until nothing is typed.
  var isWaitingForQuiet: Bool { unsettled != nil && unsettled == stack.last?.id }

  mutating func waitForQuiet(_ id: LayerID) {
    unsettled = id
    setTimer(.quiet, milliseconds: Self.quietMilliseconds) { $0.unsettled = nil }
  }

  /// Whether an event comes too early for the screen that just opened by itself. Then nothing comes of it but
  /// that the console says so, and waits anew.
  mutating func refusesUnsettled(_ event: Event) -> Bool {
    guard isWaitingForQuiet, !isDroppingTypeAhead, !isTooSmall, let top = stack.last else { return false }
    if case .key(let key) = event, Self.terminalKeys.contains(key) { return false }
    waitForQuiet(top.id)
    showOfKey("nothing was pressed: “\(top.screen.title)” had just opened", .warning)
    return true
  }
}
