package import Terminal

/// An item of a form, on one or more lines.
package enum FormItem<ID: Hashable & Sendable>: Hashable, Sendable {
  case text(ID, TextField)
  case check(ID, CheckBox)
  case radio(ID, RadioGroup)
  case buttons([Button<ID>])
  /// Text to read, wrapped.
  case note(String, Style)
  case gap

  /// The id of the item; nil for an item that can't be read or pressed.
  var id: ID? {
    switch self {
    case .text(let id, _), .check(let id, _), .radio(let id, _): id
    case .buttons, .note, .gap: nil
    }
  }

  /// The number of places for the focus in the item.
  var stopCount: Int {
    switch self {
    case .text, .check: 1
    case .radio(_, let group): group.options.count
    case .buttons(let buttons): buttons.count
    case .note, .gap: 0
    }
  }

  func rowCount(columns: Int, labelColumns: Int) -> Int {
    switch self {
    case .text(_, let field):
      1 + (field.complaint.map { wrap($0, columns: columns - labelColumns).count } ?? 0)
    case .check, .buttons, .gap: 1
    case .radio(_, let group): group.options.count
    case .note(let text, _): wrap(text, columns: columns).count
    }
  }

  var label: String? {
    switch self {
    case .text(_, let field): field.label
    case .radio(_, let group): group.label
    default: nil
    }
  }
}
