import Access
import Administration

/// Keeps the pending edits of a General page, and puts them back.
extension GeneralPage {
  var pending: PendingEdits? {
    guard let saved, hasPendingChanges else { return restoring }
    var becomes = texts(of: saved)
    for (index, field) in source.fields.enumerated() {
      switch field.input {
      case .flag: becomes[field.label] = flagWord(form.isChecked(.field(index)))
      case .text, nil:
        // A text that may be a Token ID was typed by mistake, and must not be kept.
        let typed = form.text(.field(index))
        if !Self.isSecret(typed) { becomes[field.label] = typed }
      }
    }
    let was = texts(of: saved)
    return becomes == was ? nil : PendingEdits(.general, Edit(was: was, becomes: becomes))
  }

  private static func isSecret(_ text: String) -> Bool {
    TokenID.isContained(in: text) || PastedTokenID.holdsTokenID(text)
  }

  mutating func restore(_ pending: PendingEdits) { restoring = pending }

  private func texts(of value: Value) -> [String: String] {
    Dictionary(source.fields.map { ($0.label, $0.kept(value)) }, uniquingKeysWith: { first, _ in first })
  }

  /// Puts kept edits back. `value` is the value that is saved now. If others saved meanwhile, saving finds
  /// the conflict.
  mutating func putBack(_ pending: PendingEdits, on value: Value) -> Bool {
    guard source.isEditable, let edit = pending.read(.general, as: Edit<[String: String]>.self) else {
      return false
    }
    var base = value
    for field in source.fields {
      guard let text = edit.was[field.label], edit.becomes[field.label] != nil, field.put(text, into: &base)
      else { return false }
    }
    var changed = base
    for field in source.fields { _ = field.put(edit.becomes[field.label] ?? "", into: &changed) }
    saved = base
    draft = changed
    form = Form(items(changed))
    hideFields()
    for (index, field) in source.fields.enumerated() {
      guard case .text = field.input, let text = edit.becomes[field.label] else { continue }
      // Changing the field again repeats the complaint about a text that is not valid.
      form.setText(.field(index), text)
      _ = change(index)
    }
    return hasPendingChanges
  }
}

extension Effect {
  /// Says that a draft's edits can't be put back.
  static var notRestored: Effect { .toast("the changes that you left can't be put back here", .warning) }
}
