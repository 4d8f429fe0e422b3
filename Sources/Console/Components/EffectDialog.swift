import Access
import Administration
import Terminal

/// Asks before a change is carried out, and shows its effect on who may see what: warnings first, then the
/// counts, then each account. Its outcome is the answer.
struct EffectDialog: Screen {
  enum Part: Hashable, Sendable { case answer(Confirmation), name }
  enum Message: Sendable {
    case form(Form<Part>.Message)
    case looked(Result<AccessEffect, Problem>)
    case scroll(Int)
    /// Text was typed while a button had the focus. It belongs into the field.
    case typedBeside(TextInput)
    case cancel
  }
  typealias Outcome = Confirmation

  let title: String
  private let text: String
  private let points: [String]
  private let typing: String?
  private let isDestructive: Bool
  private let look: (@Sendable () -> Result<AccessEffect, Problem>)?
  private var effect: Result<AccessEffect, Problem>?
  private var form: Form<Part>
  private var top = 0
  private var size = Size(columns: Self.widest, rows: 12)
  private static let widest = 72
  /// The greatest number of rows for the effect.
  private static let mostRows = 14
  static let waiting = "Another administrator must agree: until then nothing is done."

  /// - Parameters:
  ///   - points: the consequences beside the effect on access.
  ///   - typing: the text that must be typed to confirm.
  ///   - look: computes the effect, off the main actor, after the dialog was shown.
  init(
    title: String, text: String, points: [String] = [], action: String, isDestructive: Bool,
    typing: String? = nil, look: @escaping @Sendable () -> Result<AccessEffect, Problem>
  ) {
    self.init(title, text, points, action, isDestructive, typing, look, nil)
  }

  /// A dialog for a change whose effect is known. It starts on the action, unless there is a warning.
  /// - Parameter isDestructive: nil means that a change with points is destructive.
  init(
    title: String, text: String, points: [String] = [], action: String, effect: AccessEffect,
    isDestructive: Bool? = nil
  ) {
    let isDestructive = (isDestructive ?? !points.isEmpty) || !effect.warnings.isEmpty
    self.init(title, text, points, action, isDestructive, nil, nil, .success(effect))
  }

  private init(
    _ title: String, _ text: String, _ points: [String], _ action: String, _ isDestructive: Bool,
    _ typing: String?, _ look: (@Sendable () -> Result<AccessEffect, Problem>)?,
    _ effect: Result<AccessEffect, Problem>?
  ) {
    self.title = title
    self.text = text
    self.points = points
    self.typing = typing
    self.isDestructive = isDestructive
    self.look = look
    self.effect = effect
    var items: [FormItem<Part>] = []
    if let typing {
      items += [.note("Type \(typing) to confirm:", .plain), .text(.name, TextField("", maximum: 200)), .gap]
    }
    items.append(
      .buttons([
        // Enter in the field presses this button, and does nothing before the text is right.
        Button(
          .answer(.confirm), action, isDefault: !isDestructive || typing != nil, isDestructive: isDestructive),
        Button(.answer(.cancel), "Cancel"),
      ]))
    form = Form(items, focus: typing != nil ? .name : .answer(isDestructive ? .cancel : .confirm))
  }

  var presentation: Presentation {
    let rows = min(Self.mostRows, lines(columns: min(Self.widest, size.columns)).count)
    return .dialog(Size(columns: Self.widest, rows: rows + 1 + form.rowCount(columns: size.columns)))
  }
  var dropsTypeAhead: Bool { isDestructive }

  var bindings: [KeyBinding<Message>] {
    let isLong = lines(columns: size.columns).count > max(1, size.rows - formRows - 1)
    let scrolling = [
      KeyBinding<Message>(.pageDown, hint: "more", isHinted: isLong, message: .scroll(5)),
      KeyBinding<Message>(.pageUp, hint: "page up", isHinted: false, message: .scroll(-5)),
    ]
    return form.bindings.map { $0.map { .form($0) } } + scrolling
      + [KeyBinding(.escape, hint: "cancel", message: .cancel)]
  }

  func typed(_ input: TextInput) -> Message? {
    if let message = form.typed(input) { return .form(message) }
    // Where a text must be typed, no letter and no space of it may press a button.
    return typing != nil && input.isText ? .typedBeside(input) : nil
  }

  mutating func layout(in bounds: Rect) -> Effect<Message> {
    size = bounds.size
    return .none
  }

  mutating func appear() -> Effect<Message> {
    guard let look else { return .none }
    return .run("looking what it does") { .looked(look()) }
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .looked(let effect): self.effect = effect
    case .scroll(let count):
      let rows = max(1, size.rows - formRows - 1)
      top = max(0, min(top + count, lines(columns: size.columns).count - rows))
    case .cancel: return close(with: .cancel)
    case .typedBeside(let input):
      form.focus(.name)
      return update(.form(.typed(input)))
    case .form(let message):
      switch form.update(message) {
      case .pressed(.answer(.confirm)) where typing != nil && form.text(.name) != typing:
        form.setComplaint(.name, "type \(typing ?? "") here, or press Esc")
        form.focus(.name)
      case .pressed(.answer(let answer)): return close(with: answer)
      case .changed(.name): form.setComplaint(.name, nil)
      case .none, .changed, .pressed: break
      }
    }
    return .none
  }

  private var formRows: Int { form.rowCount(columns: size.columns) }

  private func lines(columns: Int) -> [(text: String, style: Style)] {
    let question = wrap(text, columns: columns).map { (text: $0, style: Style.plain) }
    let points = points.flatMap { hanging("- ", $0, .plain, columns) }
    switch effect {
    case nil: return question + points + [("Looking what it does…", .muted)]
    case .failure(let problem):
      return question + points + hanging("✗ ", problem.line, Style(.danger), columns)
    case .success(let effect):
      let all = EffectWords(effect).lines.map { line in
        (line.tone, hanging(line.tone.sign, line.text, line.tone.style, columns))
      }
      let waits = effect.takesTwo ? hanging("! ", Self.waiting, Style(.warning, .bold), columns) : []
      // The warnings come before the points, so that many points can't hide them.
      return question + waits + all.filter { $0.0 == .warning }.flatMap(\.1) + points
        + all.filter { $0.0 != .warning }.flatMap(\.1)
    }
  }

  private func hanging(
    _ sign: String, _ text: String, _ style: Style, _ columns: Int
  ) -> [(text: String, style: Style)] {
    wrap(text, columns: max(10, columns - 2)).enumerated().map {
      (($0.offset == 0 ? sign : "  ") + $0.element, style)
    }
  }

  func draw(on frame: inout Frame<Message>) {
    let (above, below) = frame.bounds.splitTop(max(1, frame.bounds.rows - formRows))
    let lines = lines(columns: above.columns)
    for (offset, line) in lines.dropFirst(top).prefix(above.rows - 1).enumerated() {
      frame.put(
        line.text, column: above.column, row: above.row + offset, style: line.style, columns: above.columns)
    }
    if lines.count - top > above.rows - 1 {
      frame.put("… PgDn shows more", in: above.splitTop(above.rows - 1).rest, style: .muted)
    }
    frame.wheel(above, up: .scroll(-3), down: .scroll(3))
    frame.child(below, { .form($0) }) { form.draw(in: $0.bounds, on: &$0) }
  }
}

extension EffectLine.Tone {
  var sign: String {
    switch self {
    case .warning: "! "
    case .gain: "+ "
    case .loss: "- "
    case .summary: "  "
    }
  }

  var style: Style {
    switch self {
    case .warning: Style(.danger, .bold)
    case .gain: Style(.good)
    case .loss: Style(.warning)
    case .summary: .bold
    }
  }
}

extension ConsoleContext {
  /// The effect of changes on who may see what. An error is returned, and not thrown.
  func effect(of changes: (Administration) throws -> Void) -> Result<AccessEffect, Problem> {
    Problem.catching { try administration.effect(of: changes) }
  }

  /// Whether a change would wait for a second person. An error is returned, and not thrown.
  func takesTwo(_ change: (Change) throws -> Void) -> Result<Bool, Problem> {
    effect { administration in try administration.change(change) }.map(\.takesTwo)
  }
}
