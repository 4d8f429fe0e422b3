import Access
import Administration

extension Field {
  /// What a text field holds of it.
  func text(_ value: Value) -> String { words(value, NameBook()).first ?? "" }

  /// What a draft keeps of it.
  func kept(_ value: Value) -> String {
    if case .flag(let flag) = input { flagWord(value[keyPath: flag]) } else { text(value) }
  }

  /// What a value has there, for whoever compares two.
  func shown(_ value: Value) -> String {
    let kept = kept(value)
    return kept.isEmpty ? "none" : kept
  }

  /// Puts back what a draft kept. False where the field takes no such text.
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

/// As drafts and conflicts say whether something is so.
func flagWord(_ flag: Bool) -> String { flag ? "yes" : "no" }

/// What a General page is about.
struct GeneralSource<Value: Hashable & Sendable>: Sendable {
  var title = "General"
  /// Said above the fields; empty for nothing.
  var explanation = ""
  /// What the fields come to, said below them.
  var meaning: @Sendable (Value) -> [String] = { _ in [] }
  let isEditable: Bool
  /// Those that are typed.
  let fields: [Field<Value>]
  let load: @Sendable () -> Result<Value?, Problem>
  /// Carries it out, or rehearses it, by the use cases that it is given.
  let save: @Sendable (Administration, Edit<Value>) throws -> Void

  init(
    isEditable: Bool, fields: [Field<Value>],
    load: @escaping @Sendable () -> Result<Value?, Problem>,
    save: @escaping @Sendable (Administration, Edit<Value>) throws -> Void
  ) {
    self.isEditable = isEditable
    self.fields = fields.filter { $0.input != nil }
    self.load = load
    self.save = save
  }
}

extension GeneralSource where Value: Described {
  init(
    isEditable: Bool, load: @escaping @Sendable () -> Result<Value?, Problem>,
    save: @escaping @Sendable (Administration, Edit<Value>) throws -> Void
  ) {
    self.init(isEditable: isEditable, fields: Value.fields, load: load, save: save)
  }
}
