import Terminal

/// What can be done from every screen.
package enum GlobalAction: Hashable, Sendable {
  /// What the screen on top binds Esc to, else closes it; the root stays.
  case back
  /// As `back`; at the root asks whether to quit.
  case leave
  case quit, suspend, redraw, help, palette
  /// Opens one's own last changes, to take one back.
  case undo
  /// Shows nothing, and takes nothing but Enter.
  case lock
  /// Takes the mouse or gives it back to the terminal.
  case toggleMouse
  /// Refuses changes, or takes them again.
  case toggleReadOnly

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
  /// What works everywhere, as far as what it does is possible.
  var everywhere: [ScreenAction] {
    let mayUndo = !isReadOnly && settings.undo() != nil
    return GlobalAction.bindings.filter { $0.message != .undo || mayUndo }.map { binding in
      ScreenAction(layer: Self.chrome, binding: binding.map { ErasedMessage(value: $0) })
    }
  }

  /// Does what a global key does.
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
      // Without those that the screen has uses of its own for.
      let taken = taken
      let others = everywhere.filter { !taken.isSuperset(of: $0.binding.keys) }
      if let help = settings.help { push(help(offered + others), opener: top.id) }
    // A dialog is answered first.
    case .palette where top.screen.presentation == .full:
      if let palette = settings.palette { push(palette(offered + everywhere), opener: top.id) }
    // And what shows a secret goes by itself, with what lies above it.
    case .undo where top.screen.presentation == .full && !isReadOnly && !top.screen.closesOnLock:
      if let undo = settings.undo() { push(undo, opener: top.id) }
    case .palette, .undo: break
    case .toggleMouse: isMouseOn.toggle()
    case .toggleReadOnly: toggleReadOnly()
    }
  }

  /// False at a root that has no use for Esc.
  private mutating func back() -> Bool {
    if let action = own.first(where: { $0.binding.obstacle == nil && $0.binding.keys.contains(.escape) }) {
      perform(action)
      return true
    }
    guard stack.count > 1, let top = stack.last else { return false }
    close(top.id, with: nil)
    return true
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
}
