import Interchange
import Terminal

/// Opens and closes screens, and performs their effects.
extension Compositor {
  // MARK: - Opening and closing

  mutating func push(_ screen: any Screen, opener: LayerID?, reply: Opened.Reply? = nil) {
    // The console was locked after this screen was asked for, so its secret must not be shown any more.
    guard !(isLocked && screen.closesOnLock) else { return }
    let opened = Opened(id: nextLayerID(), screen: screen, opener: opener, reply: reply)
    stack.append(opened)
    arrived()
    if screen.waitsForQuiet { waitForQuiet(opened.id) }
    introduce(opened.id)
  }

  /// Gives a screen that was just put on the stack its room, then tells it that it appears, if it does.
  mutating func introduce(_ id: LayerID, appears: Bool = true) {
    arrange(id)
    settle(id)
    if appears { tell(.appear, to: id) }
  }

  mutating func replace(_ id: LayerID, with screen: any Screen) {
    guard let index = index(of: id) else { return push(screen, opener: nil) }
    let opener = stack[index].opener
    forget(from: index)
    push(screen, opener: opener)
  }

  /// Tells a screen the person's settings.
  private mutating func arrange(_ id: LayerID) {
    guard let index = index(of: id) else { return }
    stack[index].screen.arrange(config, on: stack[index].screen.pageName)
  }

  /// Asks for the columns of the list on a screen, and keeps them in the person's settings.
  mutating func chooseColumns(_ dialog: ColumnsDialog, for id: LayerID) {
    guard let index = index(of: id), let page = stack[index].screen.pageName else { return }
    perform(
      .ask(dialog) { chosen in
        .perform { compositor, _ in
          var config = compositor.config
          config.columns[page] = chosen.ids
          compositor.setConfig(config, keeping: .columns)
        }
      }, for: id)
  }

  /// Keeps the views of the list on a screen in the person's settings.
  mutating func keepViews(_ views: [ConsoleConfig.View], for id: LayerID) {
    guard let index = index(of: id), let page = stack[index].screen.pageName else { return }
    var config = config
    config.views[page] = views.isEmpty ? nil : views
    setConfig(config, keeping: .views)
  }

  /// Performs what follows from the form in which the person wants rows copied. Asks for the form where that was never
  /// said, and keeps the answer in the person's settings.
  mutating func withRowFormat(
    for id: LayerID, _ follow: @escaping @Sendable (ConsoleConfig.RowFormat) -> Effect<ErasedMessage>
  ) {
    if let format = config.copyRowAs { return perform(follow(format), for: id) }
    perform(
      .ask(ConsoleConfig.RowFormat.dialog) { format in
        .perform { compositor, id in
          var config = compositor.config
          config.copyRowAs = format
          compositor.setConfig(config, keeping: .copyRowAs)
          compositor.perform(follow(format), for: id)
        }
      }, for: id)
  }

  /// Takes changed settings for all open screens, and keeps the part that changed.
  mutating func setConfig(_ config: ConsoleConfig, keeping key: ConfigKey) {
    self.config = config
    for id in stack.map(\.id) { arrange(id) }
    let keep = settings.keepConfig
    perform(
      .run("keeping your settings", awaited: false, { keep(key, config) }) { problem in
        problem.map { .toast($0) } ?? .none
      }, for: Self.chrome)
  }

  /// Closes a screen and what lies above it. The root is never closed.
  mutating func close(_ id: LayerID, with outcome: (any Sendable)?) {
    guard let index = index(of: id), index > 0 else { return }
    let closed = stack[index]
    forget(from: index)
    arrived()
    refresh()
    if let outcome, let opener = closed.opener, let effect = closed.reply?(outcome) {
      perform(effect, for: opener)
    }
  }

  mutating func closeToRoot() {
    if stack.count > 1 { close(stack[1].id, with: nil) }
  }

  private mutating func forget(from index: Int) {
    for opened in stack[index...] {
      awaited.cancelAll(of: opened.id)
      statuses[opened.id] = nil
    }
    stack.removeSubrange(index...)
  }

  /// Another screen is on top now, so clicks on the earlier drawing mean nothing any more.
  private mutating func arrived() {
    zones = []
    isDroppingTypeAhead = stack.last?.screen.dropsTypeAhead ?? false
  }

  // MARK: - Telling screens

  private func index(of id: LayerID) -> Int? { stack.lastIndex { $0.id == id } }

  mutating func send(_ message: ErasedMessage, to id: LayerID) { tell(.message(message), to: id) }

  /// Tells a layer something, and performs the effect that the layer returns.
  mutating func tell(_ event: ScreenEvent, to id: LayerID) {
    if let index = index(of: id) {
      perform(stack[index].screen.take(event), for: id)
      settle(id)
    } else if let index = services.firstIndex(where: { $0.id == id }) {
      perform(services[index].screen.take(event), for: id)
    } else if case .message(let message) = event, let action = message.value as? GlobalAction {
      perform(action)
    }
  }

  mutating func tellServices(_ message: any Sendable) {
    for service in services where service.screen.takes(message) {
      send(ErasedMessage(value: message), to: service.id)
    }
  }

  /// Tells a screen its room where the room has changed.
  mutating func settle(_ id: LayerID) {
    guard let index = index(of: id) else { return }
    // The second round is needed where a dialog's height depends on the width that the dialog got.
    var effects: [Effect<ErasedMessage>] = []
    for _ in 0..<2 {
      let bounds = room(for: stack[index].screen.presentation)
      guard stack[index].bounds != bounds else { break }
      stack[index].bounds = bounds
      effects.append(stack[index].screen.take(.layout(bounds)))
    }
    perform(.batch(effects), for: id)
  }

  // MARK: - Effects

  mutating func perform(_ effect: Effect<ErasedMessage>, for id: LayerID) {
    for step in effect.steps {
      switch step {
      case .send(let message): send(message, to: id)
      case .later(let trigger, let key, let effect):
        awaited.add(trigger, for: id, key: key, now: now, effect)
        guard case .work = trigger else { continue }
        setTimer(.work, milliseconds: 250) { $0.showsWork = $0.awaited.label != nil }
      case .cancel(let key): awaited.cancel(key, of: id)
      case .open(let screen, let reply): push(screen, opener: id, reply: reply)
      case .perform(let instruction): instruction(&self, id)
      }
    }
  }

  /// The compositor's own timers.
  enum OwnTimer: String { case toast, work, lock, end, quiet }

  /// Starts one of the compositor's timers; nil stops it.
  mutating func setTimer(
    _ timer: OwnTimer, milliseconds: Int?, _ body: @escaping @Sendable (inout Compositor) -> Void = { _ in }
  ) {
    awaited.cancel(timer.rawValue, of: Self.chrome)
    guard let milliseconds else { return }
    let trigger = Trigger.timer(milliseconds: milliseconds)
    awaited.add(trigger, for: Self.chrome, key: timer.rawValue, now: now) {
      .perform { compositor, _ in body(&compositor) }
    }
  }
}
