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
    for id in stack.map(\.id) { settle(id) }
  }

  mutating func press(_ key: Key) {
    guard let top = stack.last else { return }
    if isToastOfKey { toast = nil }
    if let message = top.screen.erasedTyped(.key(key)) { return send(message, to: top.id) }
    let own = own
    let meant = (own + services.flatMap(actions) + everywhere).filter { $0.binding.keys.contains(key) }
    // What can't be done now has no key to itself: only where the key means nothing else it says why.
    if let action = meant.first(where: { $0.binding.obstacle == nil }) ?? meant.first {
      return perform(action)
    }
    let filters = own.contains { $0.binding.keys.contains("/") && $0.binding.hint == "filter" }
    let isHelp = own.contains { $0.binding.keys.contains("?") && $0.binding.hint == "close" }
    showOfKey(
      IdleKey.words(key, areKeysBelow: isHelp || top.screen.presentation != .full, filters: filters))
  }

  /// Does what a screen offers, or says why that can't be done now.
  mutating func perform(_ action: ScreenAction) {
    if let obstacle = action.binding.obstacle { return showOfKey(obstacle, .warning) }
    perform(action.binding.effect(), for: action.layer)
  }

  /// Says what has come of a key, until the next one.
  mutating func showOfKey(_ text: String, _ kind: Toast.Kind = .plain) {
    show(Toast(text, kind))
    isToastOfKey = true
  }

  /// Whether an event goes into the text field that has the focus, and need not wait for what is awaited.
  func takesAtOnce(_ event: Event) -> Bool {
    guard !isLocked, !isWaitingForQuiet, !tickets.isTextAwaiting, takesInput(nil),
      let top = stack.last?.screen
    else {
      return false
    }
    switch event {
    case .key(let key): return top.erasedTyped(.key(key)) != nil
    case .paste(let text): return top.erasedTyped(.paste(text)) != nil
    case .mouse, .resize: return false
    }
  }

  private mutating func paste(_ text: String) {
    guard let top = stack.last, let message = top.screen.erasedTyped(.paste(text)) else { return }
    send(message, to: top.id)
  }

  private mutating func point(_ mouse: Mouse) {
    let hit = zones.last { $0.action == mouse.action && $0.rect.contains(mouse.point) }
    if let target = hit?.message { perform(target.effect(), for: target.layer) }
  }

  /// Does what a global key does.
  mutating func perform(_ action: GlobalAction) {
    switch action {
    case .back: if !back() { showOfKey("Esc has nothing to go back to here; q leaves") }
    case .leave: if !back() { askToQuit() }
    case .quit: commands.append(.quit)
    case .suspend: commands.append(.suspend)
    case .lock: lockAtOnce()
    case .redraw: commands.append(.redraw)
    case .help: openHelp()
    case .palette: openPalette()
    case .undo: openUndo()
    case .toggleMouse: toggleMouse()
    case .toggleReadOnly: toggleReadOnly()
    }
  }

  private mutating func askToQuit() {
    let dialog = ConfirmDialog.harmless(title: "Quit", text: "Leave \(settings.product)?", action: "Quit")
    perform(.ask(dialog) { $0 == .confirm ? .global(.quit) : .none }, for: Self.chrome)
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
    guard let top = stack.last else { return false }
    if let action = own.first(where: { $0.binding.obstacle == nil && $0.binding.keys.contains(.escape) }) {
      perform(action)
      return true
    }
    guard stack.count > 1 else { return false }
    close(top.id, with: nil)
    return true
  }

  // MARK: - What can be done

  /// What the screen on top offers.
  var own: [ScreenAction] { stack.last.map(actions) ?? [] }
  /// The keys that it has uses of its own for now.
  var taken: Set<Key> { Set(own.filter { $0.binding.obstacle == nil }.flatMap(\.binding.keys)) }
  /// What it offers, and the services.
  var offered: [ScreenAction] { own + services.flatMap(actions) }

  private func actions(of layer: Opened) -> [ScreenAction] {
    layer.screen.erasedBindings.map { ScreenAction(layer: layer.id, binding: $0) }
  }

  /// What works everywhere, as far as what it does is possible.
  var everywhere: [ScreenAction] {
    let mayUndo = !isReadOnly && settings.undo() != nil
    return GlobalAction.bindings.filter { $0.message != .undo || mayUndo }.map { binding in
      ScreenAction(layer: Self.chrome, binding: binding.map { ErasedMessage(value: $0) })
    }
  }

  private mutating func openHelp() {
    guard let help = settings.help, let top = stack.last else { return }
    // Without those that the screen has uses of its own for.
    let taken = taken
    let others = everywhere.filter { !taken.isSuperset(of: $0.binding.keys) }
    push(help(offered + others), opener: top.id)
  }

  /// A dialog is answered first; and what shows a secret goes by itself, with what lies above it.
  private mutating func openUndo() {
    guard !isReadOnly, let top = stack.last, top.screen.presentation == .full, !top.screen.closesOnLock,
      let screen = settings.undo()
    else { return }
    push(screen, opener: top.id)
  }

  private mutating func openPalette() {
    // A dialog is answered first.
    guard let palette = settings.palette, let top = stack.last, top.screen.presentation == .full else {
      return
    }
    push(palette(offered + everywhere), opener: top.id)
  }
}
