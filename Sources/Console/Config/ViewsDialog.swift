import Terminal

/// The kept filters of a list. A letter chooses one at once.
struct ViewsDialog: Screen {
  typealias View = ConsoleConfig.View
  enum Message: Hashable, Sendable { case up, down, choose(Int), chooseSelected, keep, remove, kept(View) }
  enum Outcome: Hashable, Sendable {
    case chosen(View)
    /// The views that are to be kept from now on.
    case changed([View])
  }

  let title = "Views"
  private let views: [View]
  /// What would be kept: the list's present filter and order.
  private let present: View
  private var selection = 0

  /// - Parameter present: the list's filter and order, without a letter and a name of its own.
  init(_ views: [View], present: View) { (self.views, self.present) = (views, present) }

  var presentation: Presentation { .dialog(Size(columns: 60, rows: max(3, views.count + 2))) }

  /// Letters belong to the views, so that the other actions have signs.
  var bindings: [KeyBinding<Message>] {
    let letters = views.enumerated().map { index, view in
      KeyBinding(
        .character(view.letter), hint: view.name, isHinted: false, message: Message.choose(index))
    }
    let none = views.isEmpty ? "there is no view yet" : nil
    let nothing = present.filter.isEmpty ? "the list has no filter now; / makes one" : nil
    return letters + [
      KeyBinding(.enter, hint: "show", help: "show the view", unless: none, message: .chooseSelected),
      KeyBinding("+", hint: "keep this filter", unless: nothing, message: .keep),
      KeyBinding("-", .delete, hint: "remove", help: "remove the view", unless: none, message: .remove),
      KeyBinding(.down, .tab, .control("n"), hint: "down", isHinted: false, message: .down),
      KeyBinding(.up, .backTab, .control("p"), hint: "up", isHinted: false, message: .up),
    ]
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .up: selection = max(0, selection - 1)
    case .down: selection = max(0, min(views.count - 1, selection + 1))
    case .chooseSelected: return choose(selection)
    case .choose(let index): return choose(index)
    case .keep: return .ask(KeepViewDialog(present, beside: views)) { .send(.kept($0)) }
    case .kept(let view): return close(with: .changed(views + [view]))
    case .remove:
      guard views.indices.contains(selection) else { return .none }
      var left = views
      left.remove(at: selection)
      return close(with: .changed(left))
    }
    return .none
  }

  private func choose(_ index: Int) -> Effect<Message> {
    views.indices.contains(index) ? close(with: .chosen(views[index])) : .none
  }

  func draw(on frame: inout Frame<Message>) {
    let (heading, rest) = frame.bounds.splitTop(1)
    let text = views.isEmpty ? "No view is kept yet. + keeps the list's filter." : "A letter shows its view."
    frame.put(text, in: heading, style: .muted)
    let list = rest.splitTop(1).rest
    let top = max(0, selection - list.rows + 1)
    for (offset, view) in views.dropFirst(top).prefix(list.rows).enumerated() {
      let area = Rect(column: list.column, row: list.row + offset, columns: list.columns, rows: 1)
      frame.put(String(view.letter), in: area.inset(columns: 1), style: Style(.accent, .bold))
      let used = frame.put(view.name, in: area.splitLeft(4).rest)
      frame.put(view.filter, in: area.splitLeft(max(24, used + 6)).rest, style: .muted)
      if top + offset == selection { frame.select(area) }
      frame.clickable(area, .choose(top + offset))
    }
  }
}

/// Asks for the name and the letter under which a filter is kept.
struct KeepViewDialog: FormDialog {
  enum Field: FormField { case name, letter, accept, cancel }
  typealias Outcome = ConsoleConfig.View

  let title = "Keep this filter"
  private let present: ConsoleConfig.View
  private let others: [ConsoleConfig.View]
  var form: Form<Field>
  var columns = Self.widest
  static var widest: Int { 54 }

  init(_ present: ConsoleConfig.View, beside others: [ConsoleConfig.View]) {
    (self.present, self.others) = (present, others)
    form = Form([
      .note(present.filter, .plain), .gap, .text(.name, TextField("Name", maximum: 60)),
      .text(.letter, TextField("Letter", maximum: 1)), .gap,
      .buttons([Button(.accept, "Keep", isDefault: true), Button(.cancel, "Cancel")]),
    ])
  }

  mutating func pressed(_ field: Field) -> Effect<Message> {
    let name = form.text(.name)
    guard !name.isEmpty else { return complain(.name, "a name is missing") }
    guard let letter = form.text(.letter).first, letter.isLetter else {
      return complain(.letter, "a letter is missing: ' and the letter show the view")
    }
    if let other = others.first(where: { $0.letter == letter }) {
      return complain(.letter, "the view \(other.name) has this letter")
    }
    return close(
      with: ConsoleConfig.View(
        letter: letter, name: name, filter: present.filter, order: present.order,
        isDescending: present.isDescending))
  }
}
