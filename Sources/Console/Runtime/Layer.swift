import Terminal

/// The id of a layer of the stack. An id is never used twice, so that a late result for a layer that is gone
/// is dropped.
package struct LayerID: Hashable, Sendable {
  let number: Int
}

/// An action that a screen offers, without the type of the screen's messages.
package struct ScreenAction: Sendable {
  let layer: LayerID
  package let binding: KeyBinding<ErasedMessage>

  /// The action that works everywhere; nil where the action belongs to a screen or a service.
  var global: GlobalAction? {
    // The layer is looked at first, because a message may take long to make.
    layer == Compositor.chrome ? binding.message?.value as? GlobalAction : nil
  }
}

/// A message whose type only the message's screen knows.
package struct ErasedMessage: Sendable {
  let value: any Sendable
}

/// An event for a screen, without the type of the screen's messages.
enum ScreenEvent: Sendable {
  case layout(Rect)
  case appear, reappear
  case message(ErasedMessage)
}

/// The functions by which the runtime uses a screen without knowing its type.
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

  package var plainBindings: [KeyBinding<ErasedMessage>] {
    bindings.map { $0.map { ErasedMessage(value: $0) } }
  }

  /// - Parameter keys: the person's own keys, which replace the usual ones.
  func erasedBindings(_ keys: KeyAssignments) -> [KeyBinding<ErasedMessage>] {
    var bindings = keys.applied(to: plainBindings, on: pageName)
    bindings.addFunctionKeys()
    return bindings
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
