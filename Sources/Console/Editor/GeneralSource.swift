import Access
import Administration

extension Field {
  /// The text of the field in a form.
  func text(_ value: Value) -> String {
    words(value, NameBook()).joined(separator: " ").replacing("\n", with: "⏎")
  }

  /// The text of the field in a draft.
  func kept(_ value: Value) -> String {
    if case .flag(let flag) = input { flagWord(value[keyPath: flag]) } else { text(value) }
  }

  /// The text of the field in a comparison of two values.
  func shown(_ value: Value) -> String {
    let kept = kept(value)
    return kept.isEmpty ? usual?.first ?? "none" : kept
  }

  /// Puts a draft's text back into a value. Returns false where the field does not take this text.
  func put(_ kept: String, into value: inout Value) -> Bool {
    switch input {
    case .text(_, let put): return put(&value, kept) == nil
    case .flag(let flag):
      value[keyPath: flag] = kept == flagWord(true)
      return true
    case nil: return false
    }
  }
}

/// The word for a flag in drafts and conflicts.
func flagWord(_ flag: Bool) -> String { flag ? "yes" : "no" }

/// The content and the actions of a General page.
struct GeneralSource<Value: Hashable & Sendable>: Sendable {
  var title = "General"
  /// Said above the fields; empty for nothing.
  var explanation = ""
  /// The lines below the fields, which say what the fields come to.
  var meaning: @Sendable (Value) -> [ListCell] = { _ in [] }
  private let mayEdit: @Sendable () -> Bool
  /// Whether the page can be edited. The right is looked up each time, because it may end while the page is open.
  var isEditable: Bool { mayEdit() }
  /// The fields that a person can edit.
  let fields: [Field<Value>]
  let load: @Sendable () -> Result<Value?, Problem>
  /// By the key of a field whose text may be chosen from a list: opens the list, which may be filtered by what is typed,
  /// and gives the chosen text.
  var lists: [String: @Sendable (Value, _ typed: String) -> Effect<String>] = [:]
  /// Whether a field is shown, of the field's key.
  var shows: @Sendable (Value, String) -> Bool = { _, _ in true }
  /// The greatest number of characters in a field.
  var maximumCharacterCount = Note.maximumCharacterCount
  /// Saves the edit as a part of a change, which is either carried out or rehearsed.
  let save: @Sendable (Change, Edit<Value>) throws -> Void

  init(
    isEditable: @autoclosure @escaping @Sendable () -> Bool, fields: [Field<Value>],
    load: @escaping @Sendable () -> Result<Value?, Problem>,
    save: @escaping @Sendable (Change, Edit<Value>) throws -> Void
  ) {
    mayEdit = isEditable
    self.fields = fields.filter { $0.input != nil }
    self.load = load
    self.save = save
  }
}

extension GeneralSource where Value: Described {
  init(
    isEditable: @autoclosure @escaping @Sendable () -> Bool,
    load: @escaping @Sendable () -> Result<Value?, Problem>,
    save: @escaping @Sendable (Change, Edit<Value>) throws -> Void
  ) {
    self.init(isEditable: isEditable(), fields: Value.fields, load: load, save: save)
  }
}

extension GeneralSource {
  /// Merges two versions field by field.
  func merged(_ values: ThreeParts<Value>, taking side: ConflictSide) -> Value {
    var merged = values.theirs
    for field in fields where field.row(values).merged.side(asked: side) == .mine {
      field.take(&merged, values.mine)
    }
    return merged
  }
}

extension Field where Value: Equatable & Sendable {
  /// The field of two versions of a value, and of the value before both.
  func row(_ values: ThreeParts<Value>) -> ConflictRow {
    ConflictRow(
      part: label, theirs: shown(values.theirs), mine: shown(values.mine),
      merged: ConflictRow.Merged(
        areAlike: isEqual(values.theirs, values.mine),
        isTheirsChanged: !isEqual(values.was, values.theirs),
        isMineChanged: !isEqual(values.was, values.mine)))
  }
}
