package import Terminal

/// What a screen wants done after a message: a value, performed by the runtime.
///
/// What takes time, and what is asked in a dialog, lead to an effect again: a message to the screen, or all
/// that is to be done then, so that a whole flow can stand in one place.
///
/// A new effect that leads to no message is one function below, which says what the compositor does.
package struct Effect<Message: Sendable>: Sendable {
  /// What the compositor does itself for the layer that wants it.
  typealias Instruction = @Sendable (inout Compositor, LayerID) -> Void

  /// One thing to do.
  enum Step: Sendable {
    case send(Message)
    case later(Trigger, key: String?, effect: @Sendable () -> Effect)
    case cancel(key: String)
    case open(any Screen, reply: @Sendable (any Sendable) -> Effect)
    case perform(Instruction)
  }

  let steps: [Step]

  init(steps: [Step]) { self.steps = steps }
  private init(_ step: Step) { steps = [step] }

  package static var none: Effect { Effect(steps: []) }

  package static func batch(_ effects: [Effect]) -> Effect { Effect(steps: effects.flatMap(\.steps)) }
  package static func batch(_ effects: Effect...) -> Effect { batch(effects) }

  /// The same effect for a screen that has other messages, such as the one that shows this one in a part of itself.
  /// - Parameter scope: keeps the keys of runs and timers apart from those of the other screen.
  package func map<Other: Sendable>(
    in scope: String = "", _ transform: @escaping @Sendable (Message) -> Other
  ) -> Effect<Other> {
    Effect<Other>(
      steps: steps.map { step in
        switch step {
        case .send(let message): .send(transform(message))
        case .later(let trigger, let key, let effect):
          .later(trigger, key: key.map { scope + $0 }) { effect().map(in: scope, transform) }
        case .cancel(let key): .cancel(key: scope + key)
        case .open(let screen, let reply): .open(screen) { reply($0).map(in: scope, transform) }
        case .perform(let instruction): .perform(instruction)
        }
      })
  }

  static func perform(_ instruction: @escaping Instruction) -> Effect { Effect(.perform(instruction)) }
}

/// What leads to a message, or to another effect.
extension Effect {
  /// Sends a message to the screen itself, after the other steps so far.
  package static func send(_ message: Message) -> Effect { Effect(.send(message)) }

  /// Calls `work` off the main actor and sends what it returns; dropped if the screen is gone.
  ///
  /// The label, such as `reading API users`, is shown once it takes noticeably long. Keys that come
  /// meanwhile wait for it a little (``TypeAhead``), unless it is not `awaited`. A later one of the same key
  /// makes this one's result be dropped.
  package static func run(
    _ label: String, cancelling key: String? = nil, awaited: Awaiting = true,
    _ work: @escaping @Sendable () -> Message
  ) -> Effect {
    run(label, cancelling: key, awaited: awaited, work) { .send($0) }
  }

  /// As ``run(_:cancelling:awaited:_:)``, where what follows from the result is to be done without a message.
  package static func run<Value>(
    _ label: String, cancelling key: String? = nil, awaited: Awaiting = true,
    _ work: @escaping @Sendable () -> Value, then follow: @escaping @Sendable (Value) -> Effect
  ) -> Effect {
    Effect(.later(.work(label: label, awaiting: awaited), key: key) { follow(work()) })
  }

  /// Sends the message later; a later timer of the same key, or ``cancel(_:)``, takes its place.
  package static func after(milliseconds: Int, key: String, _ message: Message) -> Effect {
    Effect(.later(.timer(milliseconds: milliseconds), key: key) { .send(message) })
  }

  /// Forgets the timer or the run of that key.
  package static func cancel(_ key: String) -> Effect { Effect(.cancel(key: key)) }

  /// Opens a screen whose outcome, if any, isn't asked for.
  package static func open(_ child: any Screen) -> Effect { Effect(.open(child) { _ in .none }) }

  package static func open<Child: Screen>(
    _ child: Child, onOutcome: @escaping @Sendable (Child.Outcome) -> Message?
  ) -> Effect {
    ask(child) { onOutcome($0).map { .send($0) } ?? .none }
  }

  /// Opens a screen, and does what follows from its outcome.
  package static func ask<Child: Screen>(
    _ child: Child, then follow: @escaping @Sendable (Child.Outcome) -> Effect
  ) -> Effect {
    Effect(.open(child) { ($0 as? Child.Outcome).map(follow) ?? .none })
  }
}

/// What leads to no message.
extension Effect {
  /// Closes this screen and puts the other in its place.
  package static func replace(_ screen: any Screen) -> Effect { perform { $0.replace($1, with: screen) } }
  /// Closes this screen with no outcome (``Screen/close(with:)``); the opener's `reappear` is called.
  package static var close: Effect { perform { $0.close($1, with: nil) } }
  package static var closeToRoot: Effect { perform { compositor, _ in compositor.closeToRoot() } }
  /// Has the screen read anew what it shows: calls its `reappear`.
  package static var refresh: Effect { perform { $0.tell(.reappear, to: $1) } }
  /// Says something in the status line for some seconds.
  package static func toast(_ text: String, _ tone: Toast.Kind = .plain) -> Effect {
    perform { compositor, _ in compositor.show(Toast(text, tone)) }
  }
  /// Does what a global key does.
  package static func global(_ action: GlobalAction) -> Effect {
    perform { compositor, _ in compositor.perform(action) }
  }
  /// Does what a screen offers, as if its key were pressed there.
  package static func act(_ action: ScreenAction) -> Effect {
    perform { compositor, _ in compositor.perform(action) }
  }
  /// Presses a key of the screen that is on top once what stands before is done.
  package static func press(_ key: Key) -> Effect { perform { compositor, _ in compositor.press(key) } }
  /// Shows a text in the title bar until this layer shows another, shows nil, or is gone.
  package static func status(_ text: String?) -> Effect { perform { $0.statuses[$1] = text } }
  /// Sends a message to the background service whose `Message` type it has, such as the
  /// one that clears the clipboard after the screen that filled it is gone.
  package static func tell(_ message: any Sendable) -> Effect {
    perform { compositor, _ in compositor.tellServices(message) }
  }
  /// Sends bytes to the terminal as they are, after the next frame.
  package static func terminal(_ bytes: [UInt8]) -> Effect {
    perform { compositor, _ in compositor.commands.append(.terminal(bytes)) }
  }
}

extension Screen {
  /// Closes this screen; the opener's `reappear` is called, then it gets the outcome.
  package func close(with outcome: Outcome) -> Effect<Message> { .perform { $0.close($1, with: outcome) } }
}
