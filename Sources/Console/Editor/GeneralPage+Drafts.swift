import Access
import Administration

/// Keeping what is pending on a General page, and putting it back.
extension GeneralPage {
  var pending: PendingEdits? {
    guard let saved, hasPendingChanges else { return restoring }
    var becomes = texts(of: saved)
    for (index, field) in source.fields.enumerated() {
      switch field.kind {
      case .check: becomes[field.label] = Self.text(form.isChecked(.field(index)))
      case .text:
        // What could be a Token ID was put there by mistake, and is kept nowhere.
        let typed = form.text(.field(index))
        if !Self.isSecret(typed) { becomes[field.label] = typed }
      }
    }
    let was = texts(of: saved)
    return becomes == was ? nil : .general(was: was, becomes: becomes)
  }

  private static func isSecret(_ text: String) -> Bool {
    TokenID.isContained(in: text) || PastedTokenID.holdsTokenID(text)
  }

  mutating func restore(_ pending: PendingEdits) { restoring = pending }

  private func texts(of value: Value) -> [String: String] {
    let texts = source.fields.map { field in
      switch field.kind {
      case .text(_, let get, _): (field.label, get(value))
      case .check(let get, _): (field.label, Self.text(get(value)))
      }
    }
    return Dictionary(texts, uniquingKeysWith: { first, _ in first })
  }

  private static func text(_ isChecked: Bool) -> String { isChecked ? "yes" : "no" }

  /// What others saved meanwhile is met when this is saved: `value` is what is saved now.
  mutating func putBack(_ pending: PendingEdits, on value: Value) -> Bool {
    guard source.isEditable, case .general(let was, let becomes) = pending else { return false }
    var base = value
    for field in source.fields {
      guard let text = was[field.label], becomes[field.label] != nil, put(text, into: field, of: &base) else {
        return false
      }
    }
    saved = base
    draft = base
    for field in source.fields { _ = put(becomes[field.label] ?? "", into: field, of: &draft) }
    form = Form(items(draft ?? base))
    for (index, field) in source.fields.enumerated() {
      guard case .text = field.kind, let text = becomes[field.label] else { continue }
      // A text that is no value yet is complained of again.
      form.setText(.field(index), text)
      _ = change(index)
    }
    return hasPendingChanges
  }

  /// False where the text is none that the field takes.
  private func put(_ text: String, into field: GeneralField<Value>, of value: inout Value) -> Bool {
    switch field.kind {
    case .text(_, _, let set): return set(&value, text) == nil
    case .check(_, let set):
      set(&value, text == "yes")
      return true
    }
  }

  private func put(_ text: String, into field: GeneralField<Value>, of value: inout Value?) -> Bool {
    guard var some = value else { return false }
    defer { value = some }
    return put(text, into: field, of: &some)
  }
}

extension Effect {
  /// What a draft has can't be put back any more.
  static var notRestored: Effect { .toast("the changes that you left can't be put back here", .warning) }
}
