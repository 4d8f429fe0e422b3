extension Effect where S.Outcome == Never {
  /// The effect of a screen that shows this one in a part of itself, and wraps its messages.
  func lifted<Outer: Screen>(_ wrap: @escaping @Sendable (S.Message) -> Outer.Message) -> Effect<Outer> {
    .batch(
      steps.map { step in
        switch step {
        case .run(let label, let key?, let awaiting, let work):
          .run(label, cancelling: "page." + key, awaited: awaiting) { wrap(work()) }
        case .run(let label, nil, let awaiting, let work): .run(label, awaited: awaiting) { wrap(work()) }
        case .after(let milliseconds, let key, let message):
          .after(milliseconds: milliseconds, key: "page." + key, wrap(message))
        case .cancel(let key): .cancel("page." + key)
        case .send(let message): .send(wrap(message))
        case .open(let screen, let reply): .open(screen) { reply($0).map(wrap) }
        case .replace(let screen): .replace(screen)
        case .close: .close
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
