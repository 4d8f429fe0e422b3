package import Access

/// A part of a value that can be read and changed.
package typealias FieldPath<Value, Part> = any WritableKeyPath<Value, Part> & Sendable

/// How a field's value stands in an audit row.
package enum FieldForm: Sendable {
  /// A text that is always there, though the text may be empty.
  case text
  /// A text, or nothing at all.
  case optional
  /// A set of names. The set is empty for a thing that does not exist.
  case names
}

/// One field of a thing, described once: audit rows, undo, plans, pages and conflicts are made of it.
package struct Field<Value>: Sendable {
  /// The key of the field in the security file.
  package let key: String
  /// The name of the field for people, as in `Description`.
  package let label: String
  package let form: FieldForm
  /// The texts of the field's value, in order; there is none where the value is empty.
  package let words: @Sendable (Value, NameBook) -> [String]
  package let isEqual: @Sendable (Value, Value) -> Bool
  /// Copies the field from one value to another.
  package let take: @Sendable (_ value: inout Value, _ other: Value) -> Void

  /// The key of the field in audit rows, where this is not ``key``.
  package private(set) var auditKey: String
  /// The words for the field's default value.
  package private(set) var usual: [String]?
  /// Whether the field is the name by which people call the thing.
  package private(set) var isName = false
  /// How a person types the field; nil where nobody types it by itself.
  package private(set) var input: Input?
  /// The words for a change of the field, as in `enabled the user “A”`.
  private(set) var done: @Sendable (_ became: Value, _ thing: String) -> String
  /// The words for undoing such a change, as in `disables it`.
  private(set) var undone: @Sendable (_ was: Value, _ thing: String) -> String

  package enum Input: Sendable {
    /// A text field. `put` sets the value from a text, and returns what is wrong with the text, or nil.
    case text(placeholder: String, put: @Sendable (inout Value, String) -> String?)
    case flag(FieldPath<Value, Bool>)
  }

  private init(
    _ key: String, _ label: String, _ form: FieldForm,
    words: @escaping @Sendable (Value, NameBook) -> [String],
    isEqual: @escaping @Sendable (Value, Value) -> Bool,
    take: @escaping @Sendable (inout Value, Value) -> Void
  ) {
    (self.key, self.label, self.form, auditKey) = (key, label, form, key)
    (self.words, self.isEqual, self.take) = (words, isEqual, take)
    done = { _, thing in "changed \(thing)" }
    undone = { _, thing in "gives \(thing) its \(label.lowercased()) of before" }
  }

  package init<Part: Equatable & SendableMetatype>(
    _ key: String, _ label: String, _ part: FieldPath<Value, Part>, _ form: FieldForm = .text,
    words: @escaping @Sendable (Part, NameBook) -> [String]
  ) {
    self.init(key, label, form) {
      words($0[keyPath: part], $1)
    } isEqual: {
      $0[keyPath: part] == $1[keyPath: part]
    } take: {
      $0[keyPath: part] = $1[keyPath: part]
    }
  }

  /// Describes a field that never changes, so `take` copies nothing.
  package init<Part: Equatable & SendableMetatype>(
    constant part: any KeyPath<Value, Part> & Sendable, _ key: String, _ label: String,
    words: @escaping @Sendable (Part) -> String
  ) {
    self.init(key, label, .text) { value, _ in
      [words(value[keyPath: part])]
    } isEqual: {
      $0[keyPath: part] == $1[keyPath: part]
    } take: { _, _ in
    }
  }

  /// The same field as a field of a whole that has this value as a part.
  package func of<Whole>(_ part: FieldPath<Whole, Value>) -> Field<Whole> {
    var whole = Field<Whole>(key, label, form) { [words] value, names in
      words(value[keyPath: part], names)
    } isEqual: { [isEqual] in
      isEqual($0[keyPath: part], $1[keyPath: part])
    } take: { [take] in
      take(&$0[keyPath: part], $1[keyPath: part])
    }
    (whole.auditKey, whole.usual, whole.isName) = (auditKey, usual, isName)
    whole.done = { [done] in done($0[keyPath: part], $1) }
    whole.undone = { [undone] in undone($0[keyPath: part], $1) }
    // How a flag is typed goes with its path, and no field of a part is a flag.
    if case .text(let placeholder, let put) = input {
      whole.input = .text(placeholder: placeholder) { put(&$0[keyPath: part], $1) }
    }
    return whole
  }
}

// MARK: Options of a field

extension Field {
  package func audited(as key: String) -> Self { with { $0.auditKey = key } }
  package func usually(_ words: String) -> Self { with { $0.usual = [words] } }
  package func typed(_ input: Input) -> Self { with { $0.input = input } }

  func told(
    done: @escaping @Sendable (_ became: Value, _ thing: String) -> String,
    undone: (@Sendable (_ was: Value, _ thing: String) -> String)? = nil
  ) -> Self {
    with {
      $0.done = done
      if let undone { $0.undone = undone }
    }
  }

  private func with(_ change: (inout Self) -> Void) -> Self {
    var field = self
    change(&field)
    return field
  }
}

// MARK: Fields that many things have

extension Field {
  package static func name(_ part: FieldPath<Value, Name>) -> Self {
    let field = Field("name", "Name", part) { name, _ in [name.text] }
      .told {
        "renamed \($1) to \(quoted($0[keyPath: part].text))"
      } undone: {
        "renames \($1) back to \(quoted($0[keyPath: part].text))"
      }
      .typed(
        .text(placeholder: "") { value, text in
          do throws(NameProblem) { value[keyPath: part] = try Name(text) } catch { return error.description }
          return nil
        })
    return field.with { $0.isName = true }
  }

  package static func summary(_ part: FieldPath<Value, Summary>) -> Self {
    Field("description", "Description", part) { summary, _ in summary.text.isEmpty ? [] : [summary.text] }
      .typed(
        .text(placeholder: "none") { value, text in
          do throws(NameProblem) { value[keyPath: part] = try Summary(text) } catch {
            return "this is no description: \(error.description)"
          }
          return nil
        })
  }

  /// The two fields that tell when something is in force. They are undone as one part, because an end that
  /// was set back without the beginning could come before it.
  static func bounds(_ part: FieldPath<Value, Bounds>) -> [Self] {
    [
      Field("from", "From", part, .optional) { bounds, _ in bounds.from.map { [$0.description] } ?? [] },
      Field("until", "Until", part, .optional) { bounds, _ in bounds.until.map { [$0.description] } ?? [] },
    ]
  }

  /// - Parameters:
  /// - on: the verb for setting the flag, as in `enable`.
  /// - off: the verb for clearing the flag.
  package static func flag(
    _ key: String, _ label: String, _ part: FieldPath<Value, Bool>, usual: Bool,
    on: String = "change", off: String = "change"
  ) -> Self {
    Field(key, label, part) { flag, _ in [String(flag)] }
      .usually(String(usual))
      .told {
        "\($0[keyPath: part] ? on : off)d \($1)"
      } undone: {
        "\($0[keyPath: part] ? on : off)s \($1)"
      }
      .typed(.flag(part))
  }
}
