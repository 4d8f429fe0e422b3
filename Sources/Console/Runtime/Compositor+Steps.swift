import Terminal

/// Performing what layers ask for.
extension Compositor {
  func index(of id: LayerID) -> Int? { stack.lastIndex { $0.layer.id == id } }

  mutating func send(_ message: ErasedMessage, to id: LayerID) {
    if services.contains(where: { $0.id == id }) {
      perform(forService: id) { $0.receive(message) }
    } else {
      perform(for: id) { $0.receive(message) }
    }
  }

  mutating func perform(for id: LayerID, _ change: (inout any Layer) -> [LayerStep]) {
    guard let index = index(of: id) else { return }
    let steps = change(&stack[index].layer)
    perform(steps, for: id)
    settle(id)
  }

  mutating func perform(forService id: LayerID, _ change: (inout any Layer) -> [LayerStep]) {
    guard let index = services.firstIndex(where: { $0.id == id }) else { return }
    perform(change(&services[index]), for: id)
  }

  /// A screen that was just put on the stack gets its room, then appears.
  mutating func introduce(_ id: LayerID) {
    settle(id)
    perform(for: id) { $0.appear() }
  }

  /// Tells a screen its room where that has changed.
  mutating func settle(_ id: LayerID) {
    guard let index = index(of: id) else { return }
    // Twice, since a dialog's height may follow from the width that it gets.
    var steps: [LayerStep] = []
    for _ in 0..<2 {
      let bounds = room(for: stack[index].layer.presentation)
      guard stack[index].bounds != bounds else { break }
      stack[index].bounds = bounds
      steps += stack[index].layer.layout(in: bounds)
    }
    perform(steps, for: id)
  }

  mutating func perform(_ steps: [LayerStep], for id: LayerID) {
    for step in steps { perform(step, for: id) }
  }

  private mutating func perform(_ step: LayerStep, for id: LayerID) {
    switch step {
    case .run(let label, let key, let awaiting, let work):
      run(label, key: key, awaiting: awaiting, for: id, work)
    case .after(let milliseconds, let key, let message):
      let address = tickets.issue(for: id, key: key)
      commands.append(.after(milliseconds: milliseconds, address: address, message: message))
    case .cancel(let key): tickets.cancel(key, of: id)
    case .send(let message): send(message, to: id)
    case .open(let screen, let reply): push(screen, opener: id, reply: reply)
    case .replace(let screen): replace(id, with: screen)
    case .close(let outcome): close(id, with: outcome)
    case .closeToRoot: closeToRoot()
    case .toast(let toast): show(toast)
    case .global(let action): perform(action)
    case .setMouse(let isOn): setMouse(isOn)
    case .terminal(let bytes): commands.append(.terminal(bytes))
    case .status(let text): statuses[id] = text
    case .tell(let message): tell(message)
    }
  }

  private mutating func run(
    _ label: String, key: String?, awaiting: Awaiting, for id: LayerID,
    _ work: @escaping @Sendable () -> ErasedMessage
  ) {
    let address = tickets.issue(for: id, key: key, label: label, awaiting: awaiting)
    commands.append(.run(address: address, label: label, work: work))
    startChromeTimer(.showWork, milliseconds: 250)
  }

  private mutating func tell(_ message: any Sendable) {
    for id in services.filter({ $0.takes(message) }).map(\.id) {
      send(ErasedMessage(value: message), to: id)
    }
  }

  mutating func push(
    _ screen: AnyScreen, opener: LayerID?, reply: (@Sendable (any Sendable) -> ErasedMessage?)?
  ) {
    let layer = screen.layer(nextLayerID())
    // What was asked for before it was locked comes too late.
    guard !(isLocked && layer.closesOnLock) else { return }
    stack.append(Opened(layer: layer, opener: opener, reply: reply))
    arrived()
    startQuiet(for: layer)
    introduce(layer.id)
  }

  private mutating func replace(_ id: LayerID, with screen: AnyScreen) {
    guard let index = index(of: id) else { return push(screen, opener: nil, reply: nil) }
    let opener = stack[index].opener
    forget(from: index)
    push(screen, opener: opener, reply: nil)
  }

  /// Closes a screen and what lies above it. The root is never closed.
  mutating func close(_ id: LayerID, with outcome: (any Sendable)?) {
    guard let index = index(of: id), index > 0 else { return }
    let closed = stack[index]
    forget(from: index)
    arrived()
    if let top = stack.last?.layer.id { perform(for: top) { $0.reappear() } }
    if let outcome, let opener = closed.opener, let message = closed.reply?(outcome) {
      send(message, to: opener)
    }
  }

  private mutating func closeToRoot() {
    guard stack.count > 1 else { return }
    close(stack[1].layer.id, with: nil)
  }

  private mutating func forget(from index: Int) {
    for opened in stack[index...] {
      tickets.cancelAll(of: opened.layer.id)
      statuses[opened.layer.id] = nil
    }
    stack.removeSubrange(index...)
  }

  /// Another screen is on top now; clicks on what was drawn before mean nothing any more.
  private mutating func arrived() {
    zones = []
    isDroppingTypeAhead = stack.last?.layer.dropsTypeAhead ?? false
    tellMouse()
  }

  /// The mouse is taken where the person lets it be, and the screen on top wants it.
  private mutating func tellMouse() {
    let isTaken = isMouseOn && stack.last?.layer.takesMouse ?? true
    guard isTaken != isMouseTaken else { return }
    isMouseTaken = isTaken
    commands.append(.setMouse(isTaken))
  }

  mutating func setMouse(_ isOn: Bool) {
    isMouseOn = isOn
    tellMouse()
  }
}
