package import Terminal

/// Hands events to the layers.
extension Compositor {
  /// Hands an event to the screen on top, or to the keys that work everywhere.
  package mutating func handle(_ event: Event) {
    if case .resize(let size) = event { return resize(to: size) }
    if isLocked { return unlock(by: event) }
    watch()
    guard !refusesUnsettled(event), takesInput(event) else { return }
    switch event {
    case .resize: break
    case .key(let key): press(key)
    case .paste(let text): _ = type(.paste(text))
    case .mouse(let mouse): point(mouse)
    }
  }

  /// The keys that concern the terminal itself.
  static let terminalKeys: Set<Key> = [.control("l"), .control("z")]

  /// Whether an event is taken. A screen that the person can't see yet takes no input; only the terminal's
  /// own keys always work.
  private func takesInput(_ event: Event) -> Bool {
    if case .key(let key) = event, Self.terminalKeys.contains(key) { return true }
    return !isDroppingTypeAhead && !isTooSmall
  }

  mutating func resize(to size: Size) {
    self.size = size
    zones = []
    for id in stack.map(\.id) { settle(id) }
  }

  mutating func press(_ key: Key) {
    guard let top = stack.last else { return }
    if toast?.isOfKey == true { toast = nil }
    if type(.key(key)) { return }
    if let action = meant(by: key) { return perform(action) }
    // The console answers a key that does nothing, because silence would look like a hung program.
    let what =
      if key == "n" || key == "N", offers("/", hint: "filter") {
        "/ filters, and leaves only rows that match"
      } else if offers("?", hint: "close") || top.screen.presentation != .full {
        "the last line has the keys"
      } else {
        "? shows the keys"
      }
    showOfKey("\(key.label) does nothing here; \(what)")
  }

  /// Whether the screen on top has an action of a key with this hint.
  private mutating func offers(_ key: Key, hint: String) -> Bool {
    presentOffers().own.contains { $0.binding.keys.contains(key) && $0.binding.hint == hint }
  }

  /// Does what a key usually does, whatever keys the person gave to actions.
  mutating func press(usual key: Key) {
    let own = stack.last.map { actions(of: $0, KeyAssignments()) } ?? []
    if let action = own.meant(by: key, \.binding) { perform(action) } else { press(key) }
  }

  /// Hands input to the text field that has the focus. Returns false where no field has a use for the input.
  private mutating func type(_ input: TextInput) -> Bool {
    guard let top = stack.last, let message = top.screen.erasedTyped(input) else { return false }
    send(message, to: top.id)
    return true
  }

  /// Whether an event goes into the text field that has the focus, and need not wait for pending work.
  func takesAtOnce(_ event: Event) -> Bool {
    guard !isLocked, !isWaitingForQuiet, !awaited.holdsText, !isDroppingTypeAhead, !isTooSmall else {
      return false
    }
    switch event {
    case .key(let key): return stack.last?.screen.erasedTyped(.key(key)) != nil
    case .paste(let text): return stack.last?.screen.erasedTyped(.paste(text)) != nil
    case .mouse, .resize: return false
    }
  }

  private mutating func point(_ mouse: Mouse) {
    let hit = zones.last { $0.action == mouse.action && $0.rect.contains(mouse.point) }
    let click = hit.map {
      Click(at: now, rect: $0.rect, layer: $0.message.layer, point: mouse.point, top: stack.last?.id)
    }
    defer { lastClick = mouse.action == .click ? click : nil }
    guard let hit, let click, !click.isLeftOver(of: lastClick) else { return }
    if let key = hit.keyOfDoubleClick, click.isSecond(after: lastClick) { return press(key) }
    perform(hit.message.effect(), for: hit.message.layer)
  }

  /// Does what a screen offers, or says why this is not possible now.
  mutating func perform(_ action: ScreenAction) {
    if let obstacle = action.binding.obstacle { return showOfKey(obstacle, .warning) }
    perform(action.binding.effect(), for: action.layer)
  }

  mutating func show(_ toast: Toast) {
    self.toast = toast
    setTimer(.toast, milliseconds: toast.milliseconds) { $0.toast = nil }
  }

  /// Says what a key did. The text stays until the next key.
  mutating func showOfKey(_ text: String, _ kind: Toast.Kind = .plain) {
    var toast = Toast(text, kind)
    toast.isOfKey = true
    show(toast)
  }

  // MARK: - Possible actions

  /// The actions that the screen on top offers.
  var own: [ScreenAction] { stack.last.map { actions(of: $0) } ?? [] }
  /// The keys that the screen on top uses itself at the moment.
  var taken: Set<Key> { Set(own.filter { $0.binding.obstacle == nil }.flatMap(\.binding.keys)) }
  /// The actions that the screen on top and the services offer.
  var offered: [ScreenAction] { own + offeredByServices }
  var offeredByServices: [ScreenAction] { services.flatMap { actions(of: $0) } }

  private func actions(of layer: Opened) -> [ScreenAction] { actions(of: layer, config.keys) }

  /// The one place where a screen is asked for its bindings, which get the person's own keys here.
  private func actions(of layer: Opened, _ keys: KeyAssignments) -> [ScreenAction] {
    layer.screen.erasedBindings(keys).map { ScreenAction(layer: layer.id, binding: $0) }
  }
}
