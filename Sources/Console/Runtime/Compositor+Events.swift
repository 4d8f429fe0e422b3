package import Terminal

/// Who gets an event.
extension Compositor {
  /// Hands an event to the screen on top, or to the keys that work everywhere.
  package mutating func handle(_ event: Event) -> [Command] {
    if isLocked { handleLocked(event) } else { take(event) }
    return takeCommands()
  }

  private mutating func take(_ event: Event) {
    if case .resize(let size) = event { return resize(to: size) }
    stirred()
    guard !isUnsettled(by: event) else { return refuseUnsettled() }
    switch event {
    case .resize: break
    case .key(let key): if takesInput(key) { press(key) }
    case .paste(let text): if takesInput(nil) { paste(text) }
    case .mouse(let mouse): if takesInput(nil) { point(mouse) }
    }
  }

  /// Whether an event comes too early for the screen that just opened by itself.
  private func isUnsettled(by event: Event) -> Bool {
    guard isWaitingForQuiet, !isDroppingTypeAhead, !isTooSmall else { return false }
    if case .key(let key) = event { return !Self.terminalKeys.contains(key) }
    return true
  }

  /// The keys that are about the terminal itself.
  private static let terminalKeys: Set<Key> = [.control("l"), .control("z")]

  /// No input is taken by what the person can't see, but for the keys that are about the
  /// terminal itself.
  private func takesInput(_ key: Key?) -> Bool {
    if let key, Self.terminalKeys.contains(key) { return true }
    return !isDroppingTypeAhead && !isTooSmall
  }

  mutating func resize(to size: Size) {
    self.size = size
    zones = []
    for id in stack.map(\.layer.id) { settle(id) }
  }

  private mutating func press(_ key: Key) {
    guard let top = stack.last?.layer else { return }
    if isToastOfKey { toast = nil }
    if let message = top.typed(.key(key)) { return send(message, to: top.id) }
    if let binding = top.bindings.first(where: { $0.keys.contains(key) }) {
      return send(binding.message, to: top.id)
    }
    for service in services {
      if let binding = service.bindings.first(where: { $0.keys.contains(key) }) {
        return send(binding.message, to: service.id)
      }
    }
    if let binding = GlobalAction.bindings.first(where: { $0.keys.contains(key) }) {
      return perform(binding.message)
    }
    let filters = top.bindings.contains { $0.keys.contains("/") && $0.hint == "filter" }
    showOfKey(IdleKey.words(key, isDialog: top.presentation != .full, filters: filters))
  }

  /// Says what has come of a key, until the next one.
  private mutating func showOfKey(_ text: String) {
    show(Toast(text))
    isToastOfKey = true
  }

  /// Whether an event goes into the text field that has the focus, and need not wait for what is awaited.
  func takesAtOnce(_ event: Event) -> Bool {
    guard !isLocked, !isWaitingForQuiet, !tickets.isTextAwaiting, takesInput(nil), let top = stack.last?.layer
    else {
      return false
    }
    switch event {
    case .key(let key): return top.typed(.key(key)) != nil
    case .paste(let text): return top.typed(.paste(text)) != nil
    case .mouse, .resize: return false
    }
  }

  private mutating func paste(_ text: String) {
    guard let top = stack.last?.layer, let message = top.typed(.paste(text)) else { return }
    send(message, to: top.id)
  }

  private mutating func point(_ mouse: Mouse) {
    let hit = zones.last { $0.action == mouse.action && $0.rect.contains(mouse.point) }
    switch hit?.target {
    case .layer(let id, let message): send(message, to: id)
    case .global(let action): perform(action)
    case nil: break
    }
  }

  /// Does what a global key does.
  mutating func perform(_ action: GlobalAction) {
    switch action {
    case .back: if !back() { showOfKey("Esc has nothing to go back to here; q leaves") }
    case .leave: if !back() { push(settings.quitDialog, opener: stack.last?.layer.id, reply: nil) }
    case .quit: commands.append(.quit)
    case .suspend: commands.append(.suspend)
    case .lock: lockAtOnce()
    case .redraw: commands.append(.redraw)
    case .help: openHelp()
    case .palette: openPalette()
    case .undo: openUndo()
    case .toggleMouse: setMouse(!isMouseOn)
    case .toggleReadOnly: toggleReadOnly()
    }
  }

  /// The frame takes its room from all screens.
  private mutating func toggleReadOnly() {
    isReadOnly.toggle()
    commands.append(.setReadOnly(isReadOnly))
    show(
      isReadOnly
        ? Toast("read-only: nothing can be changed; :readonly leaves this", .warning)
        : Toast("changes are taken again", .good))
    resize(to: size)
  }

  /// False at a root that has no use for Esc.
  @discardableResult
  private mutating func back() -> Bool {
    guard let top = stack.last?.layer else { return false }
    if let binding = top.bindings.first(where: { $0.keys.contains(.escape) }) {
      send(binding.message, to: top.id)
      return true
    }
    guard stack.count > 1 else { return false }
    close(top.id, with: nil)
    return true
  }

  private var actions: [ScreenAction] {
    let layers = [stack.last?.layer].compactMap { $0 } + services
    return layers.flatMap { $0.bindings.map(ScreenAction.init) }
  }

  private mutating func openHelp() {
    guard let help = settings.help, let top = stack.last?.layer else { return }
    push(help(actions, globals(beside: top)), opener: top.id, reply: nil)
  }

  /// A dialog is answered first; and what shows a secret goes by itself, with what lies above it.
  private mutating func openUndo() {
    guard !isReadOnly, let top = stack.last?.layer, top.presentation == .full, !top.closesOnLock,
      let screen = settings.undo()
    else { return }
    push(screen, opener: top.id, reply: nil)
  }

  /// The keys that work everywhere, as far as what they do is possible.
  private var globals: [KeyBinding<GlobalAction>] {
    let mayUndo = !isReadOnly && settings.undo() != nil
    return GlobalAction.bindings.filter { $0.message != .undo || mayUndo }
  }

  /// Without those that the screen has uses of its own for.
  private func globals(beside top: any Layer) -> [KeyBinding<GlobalAction>] {
    let taken = Set(top.bindings.flatMap(\.keys))
    return globals.filter { !taken.isSuperset(of: $0.keys) }
  }

  private mutating func openPalette() {
    // A dialog is answered first.
    guard let palette = settings.palette, let top = stack.last?.layer, top.presentation == .full else {
      return
    }
    push(palette(actions), opener: top.id) { $0 as? ErasedMessage }
  }
}
