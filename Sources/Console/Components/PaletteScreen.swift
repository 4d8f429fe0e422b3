private import Administration
package import Terminal

/// A page or an action that the palette can find.
package struct PaletteEntry: Sendable {
  package enum Action: Sendable {
    /// The page replaces the palette. Where a key is given, it is pressed there at once.
    case open(@Sendable () -> any Screen, pressing: Key? = nil)
    /// The action is done by the screen below, or by whatever offers it.
    case act(ScreenAction)
    case global(GlobalAction)
  }

  package let title: String
  package let detail: String
  package let keys: String
  package let action: Action

  /// Whether the entry ends the console.
  var leaves: Bool { if case .global(.quit) = action { true } else { false } }

  package init(_ title: String, detail: String = "", keys: String = "", action: Action) {
    self.title = title
    self.detail = detail
    self.keys = keys
    self.action = action
  }

  /// The actions that can be done now, of the screen on top and of the whole console.
  package static func entries(of actions: [ScreenAction]) -> [PaletteEntry] {
    let own = actions.filter { $0.global == nil && $0.binding.obstacle == nil }
    let taken = Set(own.flatMap(\.binding.keys))
    return actions.filter(\.isForPalette).map { action in
      // A key that the screen uses for something else isn't shown.
      let key = action.binding.keys.first { action.global == nil || !taken.contains($0) }
      return PaletteEntry(
        action.binding.help, detail: action.binding.group, keys: key?.label ?? "", action: .act(action))
    } + [
      PaletteEntry(
        "mouse", detail: "give the mouse back to the terminal, or take it", action: .global(.toggleMouse)),
      PaletteEntry(
        "readonly", detail: "refuse changes, or take them again", action: .global(.toggleReadOnly)),
      PaletteEntry("quit", detail: "leave the console", action: .global(.quit)),
    ]
  }
}

extension ScreenAction {
  fileprivate var isForPalette: Bool {
    guard binding.obstacle == nil else { return false }
    switch global {
    case .palette, .back, .leave: return false
    case nil: return binding.group != "List" && binding.group != "Form"
    default: return true
    }
  }
}

/// Finds a page or an action by some of its letters. A pasted secret is never shown, but passed to another
/// screen.
package struct PaletteScreen: Screen {
  package enum Message: Hashable, Sendable {
    case typed(TextInput)
    case up, down, activate
    case press(Int)
  }
  /// A message for the screen below.

  package let title = "Go to"
  private let entries: [PaletteEntry]
  private let onSecret: (@Sendable (String) -> any Screen)?
  private var field = TextField("", maximum: 500)
  private var found: [Int]
  private var selection = 0
  private var rows = 12

  /// - Parameter onSecret: makes the screen that shows the owner of a pasted Token ID or address.
  package init(_ entries: [PaletteEntry], onSecret: (@Sendable (String) -> any Screen)? = nil) {
    self.entries = entries
    self.onSecret = onSecret
    found = Array(entries.indices)
  }

  package var presentation: Presentation { .dialog(Size(columns: 66, rows: 14)) }
  /// The palette closes when the console is locked, so that the next person doesn't find a pasted Token ID.
  package var closesOnLock: Bool { field.isMasked }

  package var bindings: [KeyBinding<Message>] {
    [
      KeyBinding(.enter, hint: "go", message: .activate),
      KeyBinding(.down, .tab, .control("n"), hint: "next", message: .down),
      KeyBinding(.up, .backTab, .control("p"), hint: "previous", isHinted: false, message: .up),
    ]
  }

  package func typed(_ input: TextInput) -> Message? { field.typed(input).map { .typed($0) } }

  package mutating func layout(in bounds: Rect) -> Effect<Message> {
    rows = max(1, bounds.rows - 2)
    return .none
  }

  package mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .typed(let input): type(input)
    case .up: selection = max(0, selection - 1)
    case .down: selection = max(0, min(selection + 1, found.count - 1))
    case .activate:
      if field.isMasked { return handOver() }
      return found.indices.contains(selection) ? choose(found[selection]) : .none
    case .press(let index): return choose(index)
    }
    return .none
  }

  private mutating func type(_ input: TextInput) {
    field.update(input)
    // The text stays hidden until it is empty, because the rest after a Del is still secret.
    field.isMasked = !field.value.isEmpty && (field.isMasked || PastedTokenID.looksSecret(field.value))
    found = field.isMasked ? [] : Self.find(field.value, in: entries)
    selection = 0
  }

  private mutating func handOver() -> Effect<Message> {
    let secret = field.value
    field.setValue("")
    guard let onSecret else { return .close }
    return .replace(onSecret(secret))
  }

  private func choose(_ index: Int) -> Effect<Message> {
    guard entries.indices.contains(index) else { return .none }
    switch entries[index].action {
    case .open(let make, let key): return .batch(.replace(make()), key.map { .press($0) } ?? .none)
    case .act(let action): return .batch(.close, .act(action))
    case .global(let action): return .batch(.close, .global(action))
    }
  }

  /// The entries that match a text, the best first; equal ones stay in their order. An entry that leaves the
  /// console is found only by its whole name, so that a typing error can't leave it.
  static func find(_ text: String, in entries: [PaletteEntry]) -> [Int] {
    let scored = entries.indices.compactMap { index -> (index: Int, score: Int)? in
      let entry = entries[index]
      if entry.leaves, !text.isEmpty {
        return text.lowercased() == entry.title ? (index, .max) : nil
      }
      let inTitle = FuzzyMatch(text, in: entry.title).map { $0.score + 4 }
      let inBoth = FuzzyMatch(text, in: entry.detail + " " + entry.title)?.score
      return [inTitle, inBoth].compactMap { $0 }.max().map { (index, $0) }
    }
    if text.isEmpty { return scored.map(\.index) }
    return scored.sorted { ($1.score, $0.index) < ($0.score, $1.index) }.map(\.index)
  }

  package func draw(on frame: inout Frame<Message>) {
    let (line, rest) = frame.bounds.splitTop(1)
    let used = frame.put(": ", in: line, style: Style(.accent, .bold))
    let value = line.splitLeft(used).rest
    frame.child(value, { .typed($0) }) { field.drawValue(in: value, on: &$0, isFocused: true) }
    let list = rest.splitTop(1).rest
    frame.wheel(list, up: .up, down: .down)
    if field.isMasked { return drawSecret(in: list, on: &frame) }
    if found.isEmpty { frame.put("Nothing fits", in: list, style: .muted) }
    let first = max(0, selection - rows + 1)
    for (offset, index) in found.dropFirst(first).prefix(list.rows).enumerated() {
      let area = Rect(column: list.column, row: list.row + offset, columns: list.columns, rows: 1)
      draw(index, in: area, on: &frame, isSelected: first + offset == selection)
    }
  }

  private func drawSecret(in rect: Rect, on frame: inout Frame<Message>) {
    frame.put("A Token ID: Enter shows whose token it is", in: rect)
  }

  private func draw(_ index: Int, in area: Rect, on frame: inout Frame<Message>, isSelected: Bool) {
    let entry = entries[index]
    let keys = area.splitLeft(area.columns - cellWidth(of: entry.keys) - 1).rest
    let titles = area.splitLeft(area.columns - 12).left
    let title = fit(entry.title, columns: titles.columns)
    let used = frame.put(title, in: titles.inset(columns: 1))
    frame.put(entry.detail, in: titles.splitLeft(max(used + 3, 41)).rest, style: .muted)
    frame.put(entry.keys, in: keys, style: Style(.accent))
    frame.clickable(area, .press(index))
    if isSelected { frame.select(area) }
  }
}
