package import Terminal

/// A line or some lines of a form.
package enum FormItem<ID: Hashable & Sendable>: Hashable, Sendable {
  case text(ID, TextField)
  case check(ID, CheckBox)
  case radio(ID, RadioGroup)
  case buttons([Button<ID>])
  /// Text to read, wrapped.
  case note(String, Style)
  case gap

  /// What names it; nil for what can't be asked or pressed.
  var id: ID? {
    switch self {
    case .text(let id, _), .check(let id, _), .radio(let id, _): id
    case .buttons, .note, .gap: nil
    }
  }

  /// How many places for the focus it has.
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
