import Terminal

/// An action that is possible on every screen.
package enum GlobalAction: Hashable, Sendable {
  /// Does what the screen on top binds to Esc. Without such a binding it closes the screen, except the root.
  case back
  /// Does the same as `back`, but asks whether to quit at the root.
  case leave
  case quit, suspend, redraw, help, palette
  /// Opens the person's own last changes, of which one can be undone.
  case undo
  /// Locks the console, which then shows nothing and takes only Enter.
  case lock
  /// Takes the mouse, or gives it back to the terminal.
  case toggleMouse
  /// Makes the console refuse changes, or take them again.
  case toggleReadOnly
  /// Goes back until this layer is on top, as far as no screen asks something before.
  case backTo(LayerID)

  /// The keys that work on every screen that doesn't bind them itself.
  package static let bindings: [KeyBinding<GlobalAction>] = [
    binding(.escape, hint: "back", help: "go back", isHinted: true, .back),
    binding(
      .control("c"), "q", .function(10), hint: "leave", help: "go back; from the main menu, quit", .leave),
    binding(
      ":", hint: "go to", help: "find a page or an action, or paste a Token ID", isHinted: true, .palette),
    binding("u", hint: "undo", help: "undo a change of yours", .undo),
    binding("?", .function(1), hint: "help", help: "show all keys", isHinted: true, .help),
    binding(.control("l"), hint: "redraw", help: "draw the screen again", .redraw),
    binding(.control("z"), hint: "suspend", help: "suspend; fg in the shell comes back", .suspend),
    binding(.control("x"), hint: "lock", help: "lock: show nothing until Enter", .lock),
  ]

  private static func binding(
    _ keys: Key..., hint: String, help: String, isHinted: Bool = false, _ action: GlobalAction
  ) -> KeyBinding<GlobalAction> {
    var binding = KeyBinding(hint: hint, help: help, group: "Everywhere", isHinted: isHinted, message: action)
    binding.keys = keys
    return binding
  }
}

extension Compositor {
  /// The actions that work everywhere, as far as they are possible now.
  var everywhere: [ScreenAction] {
    let mayUndo = !isReadOnly && settings.undo() != nil
    let bindings = config.keys.applied(to: GlobalAction.bindings, on: KeyAssignments.everywhere)
    return bindings.filter { mayUndo || $0.message != .undo }.map { binding in
      ScreenAction(layer: Self.chrome, binding: binding.map { ErasedMessage(value: $0) })
    }
  }

  /// Does what a key that works everywhere does.
  mutating func perform(_ action: GlobalAction) {
    guard let top = stack.last else { return }
    switch action {
    case .back: if !back() { showOfKey("Esc has nothing to go back to here; q leaves") }
    case .leave: if !back() { askToQuit() }
    case .quit: commands.append(.end(.quit))
    case .suspend: commands.append(.suspend)
    case .redraw: commands.append(.redraw)
    case .lock:
      lock()
      watch()
    case .help:
      // The help leaves out the keys that the screen uses itself.
      let taken = taken
      let others = everywhere.filter { !taken.isSuperset(of: $0.binding.keys) }
      if let help = settings.help { push(help(offered + others), opener: top.id) }
    // The palette does not open over a dialog, because the dialog must be answered first.
    case .palette where top.screen.presentation == .full:
      if let palette = settings.palette { push(palette(offered + everywhere), opener: top.id) }
    // Undo also does not open over a screen with a secret, because such a screen closes by itself, together
    // with the screens above it.
    case .undo where top.screen.presentation == .full && !isReadOnly && !top.screen.closesOnLock:
      if let undo = settings.undo() { push(undo, opener: top.id) }
    case .palette, .undo: break
    case .toggleMouse: isMouseOn.toggle()
    case .toggleReadOnly: toggleReadOnly()
    case .backTo(let id): back(to: id)
    }
  }

  /// Goes back. Returns false at a root that does not use Esc.
  private mutating func back() -> Bool {
    if let action = own.first(where: { $0.binding.obstacle == nil && $0.binding.keys.contains(.escape) }) {
      perform(action)
      return true
    }
    guard stack.count > 1, let top = stack.last else { return false }
    close(top.id, with: nil)
    return true
  }

  /// Goes back screen by screen. A screen may need several steps, for example to close its filter first. Where a
  /// screen asks about pending changes, the person answers, and the way back ends there.
  private mutating func back(to id: LayerID) {
    let mostSteps = 32
    for _ in 0..<mostSteps where stack.last?.id != id && stack.contains(where: { $0.id == id }) {
      let count = stack.count
      guard back(), stack.count <= count else { return }
    }
  }

  private mutating func askToQuit() {
    let dialog = ConfirmDialog.harmless(title: "Quit", text: "Leave \(settings.product)?", action: "Quit")
    perform(.ask(dialog) { $0 == .confirm ? .global(.quit) : .none }, for: Self.chrome)
  }

  /// Switches read-only mode. All screens get a new size, because the frame takes room.
  private mutating func toggleReadOnly() {
    isReadOnly.toggle()
    commands.append(.setReadOnly(isReadOnly))
    show(
      isReadOnly
        ? Toast("read-only: nothing can be changed; :readonly leaves this", .warning)
        : Toast("changes are taken again", .good))
    resize(to: size)
  }
}
