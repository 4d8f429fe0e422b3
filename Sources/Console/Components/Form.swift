import Terminal

/// Fields, check boxes, choices and buttons, one of which has the focus.
package struct Form<ID: Hashable & Sendable>: Hashable, Sendable {
  package enum Message: Hashable, Sendable {
    case next, previous, left, right
    /// Moves like next and previous, but skips the other buttons of a row. In a field with a list, down opens
    /// the list.
    case up, down
    /// Enter: presses the item with the focus; in a text field, the default button.
    case activate
    /// Space: works like Enter, except in text fields, which take it as a character.
    case toggle
    case typed(TextInput)
    /// A click on a field or its label.
    case focus(ID)
    /// A click on a check box or a button.
    case press(ID)
    /// A click on a choice.
    case choose(ID, Int)
  }

  /// The result of a message.
  package enum Reply: Hashable, Sendable {
    case none
    /// The value of a field, a check box or a choice has changed.
    case changed(ID)
    /// A button was pressed, or Enter in a field with a list to choose from.
    case pressed(ID)
  }

  /// A place where the focus can be: an item, and a choice or a button within it.
  struct Stop: Hashable, Sendable {
    var item: Int
    var part: Int
  }

  package internal(set) var items: [FormItem<ID>]
  package internal(set) var hidden: Set<ID> = []
  /// What was pressed is being carried out.
  package var isBusy = false
  var focus: Stop?

  /// Makes a form. The focus is on the given item, or else on the first field.
  package init(_ items: [FormItem<ID>], focus: ID? = nil) {
    self.items = items
    self.focus = stops.first
    if let focus { self.focus(focus) }
  }

  /// The items that are shown, with their indices.
  var shown: [(index: Int, item: FormItem<ID>)] {
    items.enumerated().filter { !($0.element.id.map(hidden.contains) ?? false) }
      .map { (index: $0.offset, item: $0.element) }
  }

  var stops: [Stop] {
    shown.flatMap { entry in (0..<entry.item.stopCount).map { Stop(item: entry.index, part: $0) } }
  }

  package mutating func update(_ message: Message) -> Reply {
    switch message {
    case .next: move(by: 1)
    case .previous: move(by: -1)
    case .up: leaveRow(by: -1)
    case .down:
      if let listed { return .pressed(listed) }
      leaveRow(by: 1)
    case .left: return turn(by: -1)
    case .right: return turn(by: 1)
    case .activate: return activate()
    case .toggle: return isTyping ? .none : activate()
    case .typed(let input): return type(input)
    case .focus(let id): focus(id)
    case .press(let id): return press(id)
    case .choose(let id, let index): return choose(id, index)
    }
    return .none
  }

  private mutating func move(by step: Int) {
    let stops = stops
    guard !stops.isEmpty else { return }
    let at = stops.firstIndex { $0 == focus } ?? 0
    focus = stops[(at + step + stops.count) % stops.count]
  }

  private mutating func leaveRow(by step: Int) {
    guard let start = focus, case .buttons(let buttons) = items[start.item] else { return move(by: step) }
    focus?.part = step < 0 ? 0 : buttons.count - 1
    move(by: step)
  }

  /// Moves the focus among the buttons of a row, for Left and Right.
  private mutating func turn(by step: Int) -> Reply {
    guard let focus, case .buttons(let buttons) = items[focus.item] else { return .none }
    let part = focus.part + step
    if buttons.indices.contains(part) { self.focus?.part = part }
    return .none
  }

  private mutating func activate() -> Reply {
    guard let focus else { return .none }
    switch items[focus.item] {
    case .text:
      if let listed { return .pressed(listed) }
      if let button = defaultButton { return .pressed(button) }
      move(by: 1)
      return .none
    case .check(let id, _): return press(id)
    case .radio(let id, _): return choose(id, focus.part)
    case .buttons(let buttons): return .pressed(buttons[focus.part].id)
    case .note, .gap: return .none
    }
  }

  /// The field with the focus, if it has a list to choose from.
  var listed: ID? {
    guard let focus, case .text(let id, let field) = items[focus.item], field.hasList else { return nil }
    return id
  }

  private var defaultButton: ID? {
    for case .buttons(let buttons) in items {
      if let button = buttons.first(where: \.isDefault) { return button.id }
    }
    return nil
  }

  private mutating func type(_ input: TextInput) -> Reply {
    guard let focus, case .text(let id, var field) = items[focus.item] else { return .none }
    let before = field.value
    field.update(input)
    items[focus.item] = .text(id, field)
    return field.value == before ? .none : .changed(id)
  }

  private mutating func press(_ id: ID) -> Reply {
    focus(id)
    guard let index = index(of: id), case .check(_, var box) = items[index] else { return .pressed(id) }
    box.isChecked.toggle()
    items[index] = .check(id, box)
    return .changed(id)
  }

  private mutating func choose(_ id: ID, _ choice: Int) -> Reply {
    guard let index = index(of: id), case .radio(_, var group) = items[index] else { return .none }
    group.select(choice)
    items[index] = .radio(id, group)
    focus = Stop(item: index, part: group.selection)
    return .changed(id)
  }
}
