import Access
import Administration

/// One line of a General page: how it is read out of what is edited, and put back.
struct GeneralField<Value: Sendable>: Sendable {
  enum Kind: Sendable {
    /// Putting back tells what is wrong with the text, or nil.
    case text(
      placeholder: String, get: @Sendable (Value) -> String, set: @Sendable (inout Value, String) -> String?)
    case check(get: @Sendable (Value) -> Bool, set: @Sendable (inout Value, Bool) -> Void)
  }

  let label: String
  let kind: Kind

  /// What a value has there, for whoever compares two.
  func words(of value: Value) -> String {
    switch kind {
    case .text(_, let get, _): get(value).isEmpty ? "none" : get(value)
    case .check(let get, _): get(value) ? "yes" : "no"
    }
  }

  static func text(
    _ label: String, placeholder: String = "", get: @escaping @Sendable (Value) -> String,
    set: @escaping @Sendable (inout Value, String) -> String?
  ) -> Self {
    Self(label: label, kind: .text(placeholder: placeholder, get: get, set: set))
  }

  static func check(
    _ label: String, get: @escaping @Sendable (Value) -> Bool,
    set: @escaping @Sendable (inout Value, Bool) -> Void
  ) -> Self {
    Self(label: label, kind: .check(get: get, set: set))
  }

  static func name(
    get: @escaping @Sendable (Value) -> Name, set: @escaping @Sendable (inout Value, Name) -> Void
  ) -> Self {
    .text("Name", get: { get($0).text }) { value, text in
      do throws(NameProblem) { set(&value, try Name(text)) } catch { return error.description }
      return nil
    }
  }

  static func summary(
    get: @escaping @Sendable (Value) -> Summary, set: @escaping @Sendable (inout Value, Summary) -> Void
  ) -> Self {
    .text("Description", placeholder: "none", get: { get($0).text }) { value, text in
      do throws(NameProblem) { set(&value, try Summary(text)) } catch {
        return "this is no description: \(error.description)"
      }
      return nil
    }
  }
}

/// What a General page is about.
struct GeneralSource<Value: Hashable & Sendable>: Sendable {
  let isEditable: Bool
  let fields: [GeneralField<Value>]
  let load: @Sendable () -> Result<Value?, Problem>
  /// Carries it out, or rehearses it, by the use cases that it is given.
  let save: @Sendable (Administration, Edit<Value>) throws -> Void

  init(
    isEditable: Bool, fields: [GeneralField<Value>], load: @escaping @Sendable () -> Result<Value?, Problem>,
    save: @escaping @Sendable (Administration, Edit<Value>) throws -> Void
  ) {
    self.isEditable = isEditable
    self.fields = fields
    self.load = load
    self.save = save
  }
}
