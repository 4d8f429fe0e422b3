import Terminal

/// A layer of the stack; never used twice, so that what comes late for one that is gone is dropped.
package struct LayerID: Hashable, Sendable {
  let number: Int
}

/// What a screen offers, without its message's type.
package struct ScreenAction: Sendable {
  let layer: LayerID
  package let binding: KeyBinding<ErasedMessage>

  /// What works everywhere; nil where a screen or a service offers it.
  var global: GlobalAction? { binding.message?.value as? GlobalAction }
}

/// A message whose type only its screen knows.
package struct ErasedMessage: Sendable {
  let value: any Sendable
}

/// What a screen is told, without its message's type.
enum ScreenEvent: Sendable {
  case layout(Rect)
  case appear, reappear
  case message(ErasedMessage)
}

/// A screen as it is used by whoever doesn't know its type.
extension Screen {
  mutating func take(_ event: ScreenEvent) -> Effect<ErasedMessage> {
    switch event {
    case .layout(let bounds): layout(in: bounds).erased
    case .appear: appear().erased
    case .reappear: reappear().erased
    case .message(let message): (message.value as? Message).map { update($0).erased } ?? .none
    }
  }

  func takes(_ message: any Sendable) -> Bool { message is Message }
  var erasedBindings: [KeyBinding<ErasedMessage>] {
    bindings.withFunctionKeys().map { $0.map { ErasedMessage(value: $0) } }
  }
  func erasedTyped(_ input: TextInput) -> ErasedMessage? { typed(input).map { ErasedMessage(value: $0) } }

  func drawErased<Outer: Sendable>(
    in bounds: Rect, on frame: inout Frame<Outer>, _ wrap: (ErasedMessage) -> Outer
  ) {
    frame.child(bounds, { wrap(ErasedMessage(value: $0)) }) { draw(on: &$0) }
  }
}

extension Effect {
  var erased: Effect<ErasedMessage> { map { ErasedMessage(value: $0) } }
}
