package import Terminal

/// One screen or dialog: a value with its state, what it does on a message, and how it is drawn.
///
/// `update` decides and never blocks; what takes time is an ``Effect`` whose result comes
/// back as a message. `draw` only reads.
package protocol Screen: Sendable {
  associatedtype Message: Sendable
  /// What it hands back to the screen that opened it.
  associatedtype Outcome: Sendable = Never

  /// Its name in the breadcrumb, or a dialog's heading.
  var title: String { get }
  /// Where `--resume` finds it again; nil for what can't be resumed.
  var place: Place? { get }
  var presentation: Presentation { get }
  /// Whether keys typed before it was first drawn are dropped, as a destructive dialog wants.
  var dropsTypeAhead: Bool { get }
  /// Whether it takes no key before nothing was typed for a moment, as what opens by itself wants: the key may be
  /// meant for what was there before.
  var waitsForQuiet: Bool { get }
  /// Whether the mouse is wanted here; where not, the terminal's own selection has it.
  var takesMouse: Bool { get }
  /// Whether it shows a secret, and is closed for good when the console is locked.
  var closesOnLock: Bool { get }
  /// What is pending here that can be kept, and put back another time; nil where nothing is.
  var draft: Draft? { get }
  /// What can be done here and now.
  var bindings: [KeyBinding<Message>] { get }

  /// Asked before `bindings`: the message for a key or pasted text that goes into the text
  /// field that has the focus; nil where none has, or the field has no use for that key.
  func typed(_ input: TextInput) -> Message?
  /// The room that it will be drawn in: told before `appear`, then whenever it changes.
  mutating func layout(in bounds: Rect) -> Effect<Message>
  mutating func appear() -> Effect<Message>
  /// It's on top again, since what it had opened was closed, or the data may have changed.
  mutating func reappear() -> Effect<Message>
  mutating func update(_ message: Message) -> Effect<Message>
  func draw(on frame: inout Frame<Message>)
}

extension Screen {
  package var place: Place? { nil }
  package var presentation: Presentation { .full }
  package var dropsTypeAhead: Bool { false }
  package var waitsForQuiet: Bool { false }
  package var takesMouse: Bool { true }
  package var closesOnLock: Bool { false }
  package var draft: Draft? { nil }
  package func typed(_ input: TextInput) -> Message? { nil }
  package mutating func layout(in bounds: Rect) -> Effect<Message> { .none }
  package mutating func appear() -> Effect<Message> { .none }
  package mutating func reappear() -> Effect<Message> { .none }
}

/// How a screen takes its room.
package enum Presentation: Hashable, Sendable {
  /// All between the title bar and the hint bar.
  case full
  /// A box over the dimmed screen below; the size is that of the inside, cut to what there is.
  case dialog(Size)
}

/// What a person types into a text field.
package enum TextInput: Hashable, Sendable {
  case key(Key)
  case paste(String)

  /// Whether it writes or takes away text, and does not move or act.
  var isText: Bool {
    switch self {
    case .key(.character), .key(.backspace), .paste: true
    case .key: false
    }
  }
}

/// Where in the console a screen is, as a path such as `security/api-users`.
package struct Place: RawRepresentable, Hashable, Sendable {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
  package init(_ path: String) { self.init(rawValue: path) }
}
