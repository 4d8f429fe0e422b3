package import Terminal

/// A screen or dialog: a value with state, an answer to each message, and a drawing.
///
/// `update` decides, and never blocks. Work that takes time is an ``Effect``, whose result comes back as a
/// message. `draw` only reads.
package protocol Screen: Sendable {
  associatedtype Message: Sendable
  /// The type of the value that a screen hands back to its opener.
  associatedtype Outcome: Sendable = Never

  /// The screen's name in the breadcrumb, or the dialog's heading.
  var title: String { get }
  /// The place under which `--resume` finds the screen again; nil for a screen that can't be resumed.
  var place: Place? { get }
  /// The name by which a person's settings know the page and its list; nil for a screen, such as a dialog, that has no
  /// settings.
  var pageName: String? { get }
  var presentation: Presentation { get }
  /// Whether keys that were typed before the screen was first drawn are dropped, as a destructive dialog
  /// needs.
  var dropsTypeAhead: Bool { get }
  /// Whether the screen takes no key until nothing has been typed for a moment, as a screen that opens by
  /// itself needs. Keys may still be meant for the earlier screen.
  var waitsForQuiet: Bool { get }
  /// Whether the screen wants the mouse. Where it does not, the terminal's own selection gets the mouse.
  var takesMouse: Bool { get }
  /// Whether the screen shows a secret. Such a screen is closed for good when the console is locked.
  var closesOnLock: Bool { get }
  /// The pending edits of the screen's pages, which can be kept and put back later.
  var drafts: [Draft] { get }
  /// The actions that are possible here, now.
  var bindings: [KeyBinding<Message>] { get }
  /// The bindings without the type of the messages, with the usual keys and without those of mc. All screens have the
  /// one of the extension. It stands here all the same, because the compiler then makes it for each screen's own type,
  /// and each key needs it twice.
  var plainBindings: [KeyBinding<ErasedMessage>] { get }

  /// The message for a key or a pasted text that goes into the text field with the focus. The runtime asks
  /// this before it looks at `bindings`. Nil where no field has the focus, or where the field does not use
  /// this key.
  func typed(_ input: TextInput) -> Message?
  /// Tells the screen the person's settings, before `appear` and whenever they have changed.
  /// - Parameter page: the name of the page; nil for a screen without one.
  mutating func arrange(_ config: ConsoleConfig, on page: String?)
  /// Tells the screen the room for its drawing: before `appear`, and whenever the room changes.
  mutating func layout(in bounds: Rect) -> Effect<Message>
  mutating func appear() -> Effect<Message>
  /// Tells the screen that it is on top again, because the screen above was closed, or that the data may have
  /// changed.
  mutating func reappear() -> Effect<Message>
  mutating func update(_ message: Message) -> Effect<Message>
  func draw(on frame: inout Frame<Message>)
}

extension Screen {
  package var place: Place? { nil }
  package var pageName: String? { presentation == .full ? place?.lastPart : nil }
  package var presentation: Presentation { .full }
  package var dropsTypeAhead: Bool { false }
  package var waitsForQuiet: Bool { false }
  package var takesMouse: Bool { true }
  package var closesOnLock: Bool { false }
  package var drafts: [Draft] { [] }
  package func typed(_ input: TextInput) -> Message? { nil }
  package mutating func arrange(_ config: ConsoleConfig, on page: String?) {}
  package mutating func layout(in bounds: Rect) -> Effect<Message> { .none }
  package mutating func appear() -> Effect<Message> { .none }
  package mutating func reappear() -> Effect<Message> { .none }
}

/// The room that a screen takes.
package enum Presentation: Hashable, Sendable {
  /// All the room between the title bar and the hint bar.
  case full
  /// A box over the dimmed screen below. The size is that of the inside, and is cut to the available room.
  case dialog(Size)
}

/// What a person types into a text field.
package enum TextInput: Hashable, Sendable {
  case key(Key)
  case paste(String)

  /// Whether the input adds or removes text. Other input moves the cursor or acts.
  var isText: Bool {
    switch self {
    case .key(.character), .key(.backspace), .paste: true
    case .key: false
    }
  }
}

/// The place of a screen in the console, as a path such as `security/api-users`.
package struct Place: RawRepresentable, Hashable, Sendable {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
  package init(_ path: String) { self.init(rawValue: path) }

  var lastPart: String? { rawValue.split(separator: "/").last.map(String.init) }
}
