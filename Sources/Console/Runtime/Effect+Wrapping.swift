extension Effect {
  /// The effect of a screen that wraps this one and has its messages; a `close` with an
  /// outcome becomes what `closed` makes of that.
  package func map<Outer: Screen>(_ closed: @escaping (S.Outcome) -> Effect<Outer>) -> Effect<Outer>
  where Outer.Message == S.Message {
    .batch(
      steps.map { step in
        switch step {
        case .close(let outcome?): closed(outcome)
        case .close(nil): .close
        case .run(let label, let key?, let awaiting, let work):
          .run(label, cancelling: key, awaited: awaiting, work)
        case .run(let label, nil, let awaiting, let work): .run(label, awaited: awaiting, work)
        case .after(let milliseconds, let key, let message):
          .after(milliseconds: milliseconds, key: key, message)
        case .cancel(let key): .cancel(key)
        case .send(let message): .send(message)
        case .open(let screen, let reply): .open(screen, reply: reply)
        case .replace(let screen): .replace(screen)
        case .closeToRoot: .closeToRoot
        case .toast(let toast): .toast(toast.text, toast.kind)
        case .global(let action): .global(action)
        case .setMouse(let isOn): .setMouse(isOn)
        case .terminal(let bytes): .terminal(bytes)
        case .status(let text): .status(text)
        case .tell(let message): .tell(message)
        }
      })
  }
}
