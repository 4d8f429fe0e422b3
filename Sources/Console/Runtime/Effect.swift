/// What a screen wants done after a message: a value, performed by the runtime.
package struct Effect<S: Screen>: Sendable {
  enum Step: Sendable {
    case run(label: String, key: String?, awaiting: Awaiting, work: @Sendable () -> S.Message)
    case after(milliseconds: Int, key: String, message: S.Message)
    case cancel(key: String)
    case send(S.Message)
    case open(AnyScreen, reply: @Sendable (any Sendable) -> S.Message?)
    case replace(AnyScreen)
    case close(S.Outcome?)
    case closeToRoot
    case toast(Toast)
    case global(GlobalAction)
    case setMouse(Bool)
    case terminal([UInt8])
    case status(String?)
    case tell(any Sendable)
  }

  var steps: [Step]

  private init(_ step: Step) { steps = [step] }
  private init(steps: [Step]) { self.steps = steps }

  package static var none: Effect { Effect(steps: []) }

  package static func batch(_ effects: [Effect]) -> Effect { Effect(steps: effects.flatMap(\.steps)) }
  package static func batch(_ effects: Effect...) -> Effect { batch(effects) }

  /// Calls `work` off the main actor and sends what it returns; dropped if the screen is gone.
  ///
  /// The label, such as `reading API users`, is shown once it takes noticeably long. Keys that come
  /// meanwhile wait for it a little (``TypeAhead``), unless it is not `awaited`.
  package static func run(
    _ label: String, awaited: Awaiting = true, _ work: @escaping @Sendable () -> S.Message
  ) -> Effect {
    Effect(.run(label: label, key: nil, awaiting: awaited, work: work))
  }

  /// As ``run(_:_:)``, where a later one of the same key makes this one's result be dropped.
  package static func run(
    _ label: String, cancelling key: String, awaited: Awaiting = true,
    _ work: @escaping @Sendable () -> S.Message
  ) -> Effect {
    Effect(.run(label: label, key: key, awaiting: awaited, work: work))
  }

  /// Sends the message later; a later timer of the same key, or ``cancel(_:)``, takes its place.
  package static func after(milliseconds: Int, key: String, _ message: S.Message) -> Effect {
    Effect(.after(milliseconds: milliseconds, key: key, message: message))
  }

  /// Forgets the timer or the run of that key.
  package static func cancel(_ key: String) -> Effect { Effect(.cancel(key: key)) }

  /// Sends a message to the screen itself, after the other steps so far.
  package static func send(_ message: S.Message) -> Effect { Effect(.send(message)) }

  package static func open<Child: Screen>(
    _ child: Child, onOutcome: @escaping @Sendable (Child.Outcome) -> S.Message?
  ) -> Effect {
    Effect(
      .open(AnyScreen(child)) { outcome in
        guard let outcome = outcome as? Child.Outcome else { return nil }
        return onOutcome(outcome)
      })
  }

  /// Opens a screen whose outcome, if any, isn't asked for.
  package static func open<Child: Screen>(_ child: Child) -> Effect {
    open(AnyScreen(child))
  }

  package static func open(_ child: AnyScreen) -> Effect { open(child) { _ in nil } }

  static func open(_ child: AnyScreen, reply: @escaping @Sendable (any Sendable) -> S.Message?) -> Effect {
    Effect(.open(child, reply: reply))
  }

  /// Closes this screen and puts the other in its place.
  package static func replace<Other: Screen>(_ screen: Other) -> Effect {
    Effect(.replace(AnyScreen(screen)))
  }
  package static func replace(_ screen: AnyScreen) -> Effect { Effect(.replace(screen)) }

  /// Closes this screen with no outcome; the opener's `reappear` is called.
  package static var close: Effect { Effect(.close(nil)) }
  /// Closes this screen; the opener's `reappear` is called, then it gets the outcome's message.
  package static func close(with outcome: S.Outcome) -> Effect { Effect(.close(outcome)) }
  package static var closeToRoot: Effect { Effect(.closeToRoot) }

  /// Says something in the status line for some seconds.
  package static func toast(_ text: String, _ tone: Toast.Kind = .plain) -> Effect {
    Effect(.toast(Toast(text, tone)))
  }

  /// Does what a global key does.
  package static func global(_ action: GlobalAction) -> Effect { Effect(.global(action)) }
  /// Leaves the console, without asking.
  package static var quit: Effect { global(.quit) }
  package static var suspend: Effect { global(.suspend) }

  /// Takes the mouse, or gives it back to the terminal.
  package static func setMouse(_ isOn: Bool) -> Effect { Effect(.setMouse(isOn)) }
  /// Shows a text in the title bar until this layer shows another, shows nil, or is gone.
  package static func status(_ text: String?) -> Effect { Effect(.status(text)) }
  /// Sends a message to the background service whose `Message` type it has, such as the
  /// one that clears the clipboard after the screen that filled it is gone.
  package static func tell(_ message: any Sendable) -> Effect { Effect(.tell(message)) }
  /// Sends bytes to the terminal as they are, after the next frame.
  package static func terminal(_ bytes: [UInt8]) -> Effect { Effect(.terminal(bytes)) }
}
