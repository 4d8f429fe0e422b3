/// The values of a form's fields, and changes to them.
extension Form {
  func index(of id: ID) -> Int? { items.firstIndex { $0.id == id } }

  /// Whether the focus is in a text field, which takes characters.
  package var isTyping: Bool {
    guard let focus, case .text = items[focus.item] else { return false }
    return true
  }

  /// The item that has the focus.
  package var focused: ID? { focus.flatMap { id(at: $0) } }

  package mutating func focus(_ id: ID) {
    focus = stops.first { self.id(at: $0) == id } ?? focus
  }

  private func id(at stop: Stop) -> ID? {
    if case .buttons(let buttons) = items[stop.item] { return buttons[stop.part].id }
    return items[stop.item].id
  }

  /// The text of a field; empty where there is no such field.
  package func text(_ id: ID) -> String {
    guard let index = index(of: id), case .text(_, let field) = items[index] else { return "" }
    return field.value
  }

  package func isChecked(_ id: ID) -> Bool {
    guard let index = index(of: id), case .check(_, let box) = items[index] else { return false }
    return box.isChecked
  }

  /// The index of the made choice; nil where there is no such group.
  package func choice(_ id: ID) -> Int? {
    guard let index = index(of: id), case .radio(_, let group) = items[index] else { return nil }
    return group.selection
  }

  package mutating func setText(_ id: ID, _ value: String) {
    change(id) { $0.setValue(value) }
  }

  /// Shows below the field what is wrong with its value; nil removes the text.
  package mutating func setComplaint(_ id: ID, _ complaint: String?) {
    change(id) { $0.complaint = complaint }
  }

  package mutating func setPlaceholder(_ id: ID, _ text: String) {
    change(id) { $0.placeholder = text }
  }

  package func complaint(_ id: ID) -> String? {
    guard let index = index(of: id), case .text(_, let field) = items[index] else { return nil }
    return field.complaint
  }

  /// Shows or hides a field; the typed text stays.
  package mutating func setHidden(_ id: ID, _ isHidden: Bool) {
    if isHidden { hidden.insert(id) } else { hidden.remove(id) }
    if !stops.contains(where: { $0 == focus }) { focus = stops.first }
  }

  private mutating func change(_ id: ID, _ change: (inout TextField) -> Void) {
    guard let index = index(of: id), case .text(_, var field) = items[index] else { return }
    change(&field)
    items[index] = .text(id, field)
  }
}
