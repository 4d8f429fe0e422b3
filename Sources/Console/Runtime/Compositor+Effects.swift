import Terminal

/// Performing what layers ask for.
extension Compositor {
  func index(of id: LayerID) -> Int? { stack.lastIndex { $0.id == id } }

  mutating func send(_ message: ErasedMessage, to id: LayerID) { tell(.message(message), to: id) }

  /// Tells a layer something, and performs what it wants done then.
  mutating func tell(_ event: ScreenEvent, to id: LayerID) {
    if let index = index(of: id) {
      let effect = stack[index].screen.take(event)
      perform(effect, for: id)
      settle(id)
    } else if let index = services.firstIndex(where: { $0.id == id }) {
      let effect = services[index].screen.take(event)
      perform(effect, for: id)
    } else if id == Self.chrome, case .message(let message) = event {
      takeOwn(message)
    }
  }

  /// A screen that was just put on the stack gets its room, then appears.
  mutating func introduce(_ id: LayerID) {
    settle(id)
    tell(.appear, to: id)
  }

  /// Tells a screen its room where that has changed.
  mutating func settle(_ id: LayerID) {
    guard let index = index(of: id) else { return }
    // Twice, since a dialog's height may follow from the width that it gets.
    var effects: [Effect<ErasedMessage>] = []
    for _ in 0..<2 {
      let bounds = room(for: stack[index].screen.presentation)
      guard stack[index].bounds != bounds else { break }
      stack[index].bounds = bounds
      effects.append(stack[index].screen.take(.layout(bounds)))
    }
    perform(.batch(effects), for: id)
  }

  mutating func perform(_ effect: Effect<ErasedMessage>, for id: LayerID) {
    for step in effect.steps { perform(step, for: id) }
  }

  private mutating func perform(_ step: Effect<ErasedMessage>.Step, for id: LayerID) {
    switch step {
    case .send(let message): send(message, to: id)
    case .run(let label, let key, let awaiting, let work):
      let address = tickets.issue(for: id, key: key, label: label, awaiting: awaiting)
      commands.append(.run(address: address, label: label, work: work))
      startOwnTimer(.showWork, milliseconds: 250)
    case .after(let milliseconds, let key, let message):
      let address = tickets.issue(for: id, key: key)
      commands.append(.after(milliseconds: milliseconds, address: address, effect: .send(message)))
    case .cancel(let key): tickets.cancel(key, of: id)
    case .open(let screen, let reply): push(screen, opener: id, reply: reply)
    case .perform(let instruction): perform(instruction, for: id)
    }
  }

  private mutating func perform(_ instruction: Instruction, for id: LayerID) {
    switch instruction {
    case .replace(let screen): replace(id, with: screen)
    case .close(let outcome): close(id, with: outcome)
    case .closeToRoot: if stack.count > 1 { close(stack[1].id, with: nil) }
    case .refresh: tell(.reappear, to: id)
    case .toast(let toast): show(toast)
    case .global(let action): perform(action)
    case .act(let action): perform(action)
    case .press(let key): press(key)
    case .terminal(let bytes): commands.append(.terminal(bytes))
    case .status(let text): statuses[id] = text
    case .tell(let message):
      for service in services where service.screen.takes(message) {
        send(ErasedMessage(value: message), to: service.id)
      }
    }
  }

  mutating func push(_ screen: any Screen, opener: LayerID?, reply: Opened.Reply? = nil) {
    // What was asked for before it was locked comes too late.
    guard !(isLocked && screen.closesOnLock) else { return }
    let id = nextLayerID()
    let opened = Opened(id: id, screen: screen, opener: opener, reply: reply)
    stack.append(opened)
    arrived()
    startQuiet(for: opened)
    introduce(id)
  }

  private mutating func replace(_ id: LayerID, with screen: any Screen) {
    guard let index = index(of: id) else { return push(screen, opener: nil) }
    let opener = stack[index].opener
    forget(from: index)
    push(screen, opener: opener)
  }

  /// Closes a screen and what lies above it. The root is never closed.
  mutating func close(_ id: LayerID, with outcome: (any Sendable)?) {
    guard let index = index(of: id), index > 0 else { return }
    let closed = stack[index]
    forget(from: index)
    arrived()
    if let top = stack.last?.id { tell(.reappear, to: top) }
    if let outcome, let opener = closed.opener, let effect = closed.reply?(outcome) {
      perform(effect, for: opener)
    }
  }

  private mutating func forget(from index: Int) {
    for opened in stack[index...] {
      tickets.cancelAll(of: opened.id)
      statuses[opened.id] = nil
    }
    stack.removeSubrange(index...)
  }

  /// Another screen is on top now; clicks on what was drawn before mean nothing any more.
  private mutating func arrived() {
    zones = []
    isDroppingTypeAhead = stack.last?.screen.dropsTypeAhead ?? false
    tellMouse()
  }

  /// The mouse is taken where the person lets it be, and the screen on top wants it.
  private mutating func tellMouse() {
    let isTaken = isMouseOn && stack.last?.screen.takesMouse ?? true
    guard isTaken != isMouseTaken else { return }
    isMouseTaken = isTaken
    commands.append(.setMouse(isTaken))
  }

  mutating func toggleMouse() {
    isMouseOn.toggle()
    tellMouse()
  }
}
