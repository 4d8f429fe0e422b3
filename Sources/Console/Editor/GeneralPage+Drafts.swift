import Access
import Administration

/// Keeping what is pending on a General page, and putting it back.
extension GeneralPage {
  var pending: PendingEdits? {
    guard let saved, hasPendingChanges else { return restoring }
    var becomes = texts(of: saved)
    for (index, field) in source.fields.enumerated() {
      switch field.input {
      case .flag: becomes[field.label] = flagWord(form.isChecked(.field(index)))
      case .text, nil:
        // What could be a Token ID was put there by mistake, and is kept nowhere.
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

  /// What others saved meanwhile is met when this is saved: `value` is what is saved now.
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
    for (index, field) in source.fields.enumerated() {
      guard case .text = field.input, let text = edit.becomes[field.label] else { continue }
      // A text that is no value yet is complained of again.
      form.setText(.field(index), text)
      _ = change(index)
    }
    return hasPendingChanges
  }
}

extension Effect {
  /// What a draft has can't be put back any more.
  static var notRestored: Effect { .toast("the changes that you left can't be put back here", .warning) }
}
