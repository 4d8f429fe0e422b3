import Access
import Administration
import Terminal

/// Asks before a change is carried out, and shows its effect on who may see what: warnings first, then the
/// counts, then each account. Its outcome is the answer.
struct EffectDialog: FormDialog {
  enum Field: Hashable, Sendable { case answer(Confirmation), name }
  enum News: Sendable {
    case looked(Result<AccessEffect, Problem>)
    case scroll(Int)
    /// Text was typed while a button had the focus. It belongs into the field.
    case typedBeside(TextInput)
  }
  typealias Outcome = Confirmation

  let title: String
  private var text: EffectText
  private let typing: String?
  private let isDestructive: Bool
  private let look: (@Sendable () -> Result<AccessEffect, Problem>)?
  var form: Form<Field>
  private var scrolling = Scrolling()
  private var rows = 12
  var columns = Self.widest
  static var widest: Int { 72 }
  static var cancelling: Field? { .answer(.cancel) }
  /// The greatest number of rows for the effect.
  private static let mostRows = 14

  /// - Parameters:
  ///   - points: the consequences beside the effect on access.
  ///   - typing: the text that must be typed to confirm.
  ///   - times: the way in which the effect writes instants.
  ///   - look: computes the effect, off the main actor, after the dialog was shown.
  init(
    title: String, text: String, points: [String] = [], action: String, isDestructive: Bool,
    typing: String? = nil, times: TimeWords, look: @escaping @Sendable () -> Result<AccessEffect, Problem>
  ) {
    self.init(title, text, points, action, isDestructive, typing, times, look, nil)
  }

  /// A dialog for a change whose effect is known. It starts on the action, unless there is a warning.
  /// - Parameter isDestructive: nil means that a change with points is destructive.
  init(
    title: String, text: String, points: [String] = [], action: String, effect: AccessEffect,
    times: TimeWords, isDestructive: Bool? = nil
  ) {
    let isDestructive = (isDestructive ?? !points.isEmpty) || !effect.warnings.isEmpty
    self.init(title, text, points, action, isDestructive, nil, times, nil, .success(effect))
  }

  private init(
    _ title: String, _ text: String, _ points: [String], _ action: String, _ isDestructive: Bool,
    _ typing: String?, _ times: TimeWords, _ look: (@Sendable () -> Result<AccessEffect, Problem>)?,
    _ effect: Result<AccessEffect, Problem>?
  ) {
    self.title = title
    self.text = EffectText(question: text, points: points, times: times, effect: effect)
    self.typing = typing
    self.isDestructive = isDestructive
    self.look = look
    var items: [FormItem<Field>] = []
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
    let rows = min(Self.mostRows, text.lines(columns: min(Self.widest, columns)).count)
    return .dialog(Size(columns: Self.widest, rows: rows + 1 + formRows))
  }
  var dropsTypeAhead: Bool { isDestructive }

  private var formRows: Int { form.rowCount(columns: columns) }

  var bindings: [KeyBinding<Message>] {
    form.bindings.map { $0.map { .form($0) } } + [
      KeyBinding(.pageDown, hint: "more", isHinted: scrolling.isNeeded, message: .news(.scroll(5))),
      KeyBinding(.pageUp, hint: "page up", isHinted: false, message: .news(.scroll(-5))),
      KeyBinding(.escape, hint: "cancel", message: .cancel),
    ]
  }

  func typed(_ input: TextInput) -> Message? {
    if let message = form.typed(input) { return .form(message) }
    // Where a text must be typed, no letter and no space of it may press a button.
    return typing != nil && input.isText ? .news(.typedBeside(input)) : nil
  }

  mutating func layout(in bounds: Rect) -> Effect<Message> {
    (columns, rows) = (bounds.columns, bounds.rows)
    fit()
    return .none
  }

  /// To be called where the text or the room for it is another.
  private mutating func fit() {
    scrolling.fit(lines: text.lines(columns: columns).count, into: rows - formRows - 1)
  }

  mutating func appear() -> Effect<Message> {
    guard let look else { return .none }
    return .run("looking what it does") { .news(.looked(look())) }
  }

  mutating func take(_ news: News) -> Effect<Message> {
    switch news {
    case .looked(let effect):
      text.effect = effect
      fit()
    case .scroll(let count):
      fit()
      scrolling.move(by: count)
    case .typedBeside(let input):
      form.focus(.name)
      return follow(.form(.typed(input)))
    }
    return .none
  }

  mutating func pressed(_ field: Field) -> Effect<Message> {
    if let typing, form.text(.name) != typing {
      return complain(.name, "type \(typing) here, or press Esc")
    }
    return close(with: .confirm)
  }

  func cancel() -> Effect<Message> { close(with: .cancel) }

  func draw(on frame: inout Frame<Message>) {
    let (above, below) = frame.bounds.splitTop(max(1, frame.bounds.rows - formRows))
    let lines = text.lines(columns: above.columns).dropFirst(scrolling.top)
    frame.putLines(lines.prefix(above.rows - 1).map { ListCell($0.text, $0.style) }, in: above)
    if lines.count > above.rows - 1 {
      frame.put("… PgDn shows more", in: above.splitTop(above.rows - 1).rest, style: .muted)
    }
    frame.wheel(above, up: .news(.scroll(-3)), down: .news(.scroll(3)))
    drawForm(in: below, on: &frame)
  }
}
