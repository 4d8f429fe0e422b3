package import Terminal

/// What a screen wants done after a message. An effect is a value, which the runtime performs.
///
/// Work that takes time, and a question in a dialog, lead to another effect: a message to the screen, or the
/// steps that come next. So a whole flow can stand in one place.
///
/// A new effect that leads to no message is one function below, which says what the compositor does.
package struct Effect<Message: Sendable>: Sendable {
  /// A step that the compositor does itself for the layer that wants it.
  typealias Instruction = @Sendable (inout Compositor, LayerID) -> Void

  /// One step of an effect.
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

  /// The same effect for a screen with other messages, such as one that shows this screen in a part of
  /// itself.
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

/// Effects that lead to a message or to another effect.
extension Effect {
  /// Sends a message to the screen itself, after the other steps so far.
  package static func send(_ message: Message) -> Effect { Effect(.send(message)) }

  /// Calls `work` off the main actor, and sends the message that it returns. The result is dropped if the
  /// screen is gone.
  ///
  /// The label, such as `reading API users`, is shown once the work takes noticeably long. Keys that come
  /// meanwhile wait a little for the result (``TypeAhead``), unless `awaited` says otherwise. A later run
  /// with the same key makes the result of this one be dropped.
  package static func run(
    _ label: String, cancelling key: String? = nil, awaited: Awaiting = true,
    _ work: @escaping @Sendable () -> Message
  ) -> Effect {
    run(label, cancelling: key, awaited: awaited, work) { .send($0) }
  }

  /// Does the same as ``run(_:cancelling:awaited:_:)``, but the result leads to an effect instead of a
  /// message.
  package static func run<Value>(
    _ label: String, cancelling key: String? = nil, awaited: Awaiting = true,
    _ work: @escaping @Sendable () -> Value, then follow: @escaping @Sendable (Value) -> Effect
  ) -> Effect {
    Effect(.later(.work(label: label, awaiting: awaited), key: key) { follow(work()) })
  }

  /// Sends the message after a time. A later timer with the same key, or ``cancel(_:)``, stops this one.
  package static func after(milliseconds: Int, key: String, _ message: Message) -> Effect {
    Effect(.later(.timer(milliseconds: milliseconds), key: key) { .send(message) })
  }

  /// Stops the timer or the run with this key.
  package static func cancel(_ key: String) -> Effect { Effect(.cancel(key: key)) }

  /// Opens a screen, and ignores its outcome.
  package static func open(_ child: any Screen) -> Effect { Effect(.open(child) { _ in .none }) }

  package static func open<Child: Screen>(
    _ child: Child, onOutcome: @escaping @Sendable (Child.Outcome) -> Message?
  ) -> Effect {
    ask(child) { onOutcome($0).map { .send($0) } ?? .none }
  }

  /// Opens a screen, and performs the effect that follows from its outcome.
  package static func ask<Child: Screen>(
    _ child: Child, then follow: @escaping @Sendable (Child.Outcome) -> Effect
  ) -> Effect {
    Effect(.open(child) { ($0 as? Child.Outcome).map(follow) ?? .none })
  }
}

/// Effects that lead to no message.
extension Effect {
  /// Closes this screen and puts the other in its place.
  package static func replace(_ screen: any Screen) -> Effect { perform { $0.replace($1, with: screen) } }
  /// Closes this screen with no outcome (``Screen/close(with:)``); the opener's `reappear` is called.
  package static var close: Effect { perform { $0.close($1, with: nil) } }
  package static var closeToRoot: Effect { perform { compositor, _ in compositor.closeToRoot() } }
  /// Lets the person choose the columns of the list on this screen.
  static func chooseColumns(_ columns: [ColumnChoice], after name: ColumnChoice?, shown: [String]?) -> Effect
  {
    let dialog = ColumnsDialog(columns, after: name, shown: shown)
    return perform { $0.chooseColumns(dialog, for: $1) }
  }
  /// Keeps the views of the list on this screen in the person's settings.
  static func keepViews(_ views: [ConsoleConfig.View]) -> Effect { perform { $0.keepViews(views, for: $1) } }
  /// Performs what follows from the form in which the person wants rows copied, which is asked once. What follows sends
  /// the screen no message.
  static func withRowFormat(
    _ follow: @escaping @Sendable (ConsoleConfig.RowFormat) -> Effect<ErasedMessage>
  ) -> Effect { perform { $0.withRowFormat(for: $1, follow) } }
  /// Makes the screen read its data again, by calling its `reappear`.
  package static var refresh: Effect { perform { $0.tell(.reappear, to: $1) } }
  /// Shows a text in the status line for some seconds.
  package static func toast(_ text: String, _ tone: Toast.Kind = .plain) -> Effect {
    perform { compositor, _ in compositor.show(Toast(text, tone)) }
  }
  /// Does the same as a key that works everywhere.
  package static func global(_ action: GlobalAction) -> Effect {
    perform { compositor, _ in compositor.perform(action) }
  }
  /// Does what a screen offers, as if its key were pressed there.
  package static func act(_ action: ScreenAction) -> Effect {
    perform { compositor, _ in compositor.perform(action) }
  }
  /// Does what a key usually does on the screen that is on top after the steps before this one, whatever keys the person
  /// gave to actions.
  package static func press(_ key: Key) -> Effect {
    perform { compositor, _ in compositor.press(usual: key) }
  }
  /// Shows a text in the title bar until this layer shows another, shows nil, or is gone.
  package static func status(_ text: String?) -> Effect { perform { $0.statuses[$1] = text } }
  /// Sends a message to the background service that has this type of `Message`. One example is the service
  /// that clears the clipboard after the screen that filled it is gone.
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
