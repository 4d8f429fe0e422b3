import Terminal

/// A layer of the stack; never used twice, so that what comes late for one that is gone is dropped.
package struct LayerID: Hashable, Sendable {
  let number: Int
}

/// A screen of any type, to be opened.
package struct AnyScreen: Sendable {
  let layer: @Sendable (LayerID) -> any Layer

  package init<S: Screen>(_ screen: S) {
    layer = { ScreenLayer(id: $0, screen: screen) }
  }
}

/// What a screen offers, without its message's type.
package struct ScreenAction: Sendable {
  package let binding: KeyBinding<ErasedMessage>
}

/// A message whose type only its screen knows.
package struct ErasedMessage: Sendable {
  let value: any Sendable
}

/// A screen in the stack, without its type.
protocol Layer: Sendable {
  var id: LayerID { get }
  var title: String { get }
  var place: Place? { get }
  var presentation: Presentation { get }
  var dropsTypeAhead: Bool { get }
  var waitsForQuiet: Bool { get }
  var takesMouse: Bool { get }
  var closesOnLock: Bool { get }
  var draft: Draft? { get }
  var bindings: [KeyBinding<ErasedMessage>] { get }

  func typed(_ input: TextInput) -> ErasedMessage?
  func takes(_ message: any Sendable) -> Bool
  mutating func layout(in bounds: Rect) -> [LayerStep]
  mutating func appear() -> [LayerStep]
  mutating func reappear() -> [LayerStep]
  mutating func receive(_ message: ErasedMessage) -> [LayerStep]
  func draw(on canvas: inout Canvas, in bounds: Rect) -> [Frame<ErasedMessage>.Zone]
}

/// A step of an ``Effect``, without its screen's type.
enum LayerStep: Sendable {
  case run(label: String, key: String?, awaiting: Awaiting, work: @Sendable () -> ErasedMessage)
  case after(milliseconds: Int, key: String, message: ErasedMessage)
  case cancel(key: String)
  case send(ErasedMessage)
  case open(AnyScreen, reply: @Sendable (any Sendable) -> ErasedMessage?)
  case replace(AnyScreen)
  case close((any Sendable)?)
  case closeToRoot
  case toast(Toast)
  case global(GlobalAction)
  case setMouse(Bool)
  case terminal([UInt8])
  case status(String?)
  case tell(any Sendable)
}

struct ScreenLayer<S: Screen>: Layer {
  let id: LayerID
  var screen: S

  var title: String { screen.title }
  var place: Place? { screen.place }
  var presentation: Presentation { screen.presentation }
  var dropsTypeAhead: Bool { screen.dropsTypeAhead }
  var waitsForQuiet: Bool { screen.waitsForQuiet }
  var takesMouse: Bool { screen.takesMouse }
  var closesOnLock: Bool { screen.closesOnLock }
  var draft: Draft? { screen.draft }
  var bindings: [KeyBinding<ErasedMessage>] {
    FunctionKeys.added(to: screen.bindings).map { $0.map { ErasedMessage(value: $0) } }
  }

  func typed(_ input: TextInput) -> ErasedMessage? {
    screen.typed(input).map { ErasedMessage(value: $0) }
  }

  func takes(_ message: any Sendable) -> Bool { message is S.Message }

  mutating func layout(in bounds: Rect) -> [LayerStep] { screen.layout(in: bounds).erased }
  mutating func appear() -> [LayerStep] { screen.appear().erased }
  mutating func reappear() -> [LayerStep] { screen.reappear().erased }

  mutating func receive(_ message: ErasedMessage) -> [LayerStep] {
    guard let message = message.value as? S.Message else { return [] }
    return screen.update(message).erased
  }

  func draw(on canvas: inout Canvas, in bounds: Rect) -> [Frame<ErasedMessage>.Zone] {
    var frame = Frame<ErasedMessage>(canvas, bounds: bounds)
    canvas = Canvas(Size(columns: 0, rows: 0))
    frame.child(bounds, { ErasedMessage(value: $0) }) { screen.draw(on: &$0) }
    canvas = frame.canvas
    return frame.zones
  }
}

extension Effect {
  var erased: [LayerStep] { steps.map(\.erased) }
}

extension Effect.Step {
  fileprivate var erased: LayerStep {
    switch self {
    case .run(let label, let key, let awaiting, let work):
      .run(label: label, key: key, awaiting: awaiting, work: { ErasedMessage(value: work()) })
    case .after(let milliseconds, let key, let message):
      .after(milliseconds: milliseconds, key: key, message: ErasedMessage(value: message))
    case .cancel(let key): .cancel(key: key)
    case .send(let message): .send(ErasedMessage(value: message))
    case .open(let screen, let reply):
      .open(screen, reply: { reply($0).map { ErasedMessage(value: $0) } })
    case .replace(let screen): .replace(screen)
    case .close(let outcome): .close(outcome.map { $0 })
    case .closeToRoot: .closeToRoot
    case .toast(let toast): .toast(toast)
    case .global(let action): .global(action)
    case .setMouse(let isOn): .setMouse(isOn)
    case .terminal(let bytes): .terminal(bytes)
    case .status(let text): .status(text)
    case .tell(let message): .tell(message)
    }
  }
}
