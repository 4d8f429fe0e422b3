/// A thing whose fields are described.
package protocol Described {
  /// The fields, in the order in which people read them.
  static var fields: [Field<Self>] { get }
}

extension Described {
  /// The fields that differ.
  static func changed(_ was: Self, _ became: Self) -> [Field<Self>] {
    fields.filter { !$0.isEqual(was, became) }
  }

  /// This value with a change undone. What others changed since in other fields stays.
  ///
  /// Errors: ``ChangedMeanwhile`` where a field of the change is no longer as the change left it.
  func takingBack(_ was: Self, _ became: Self) throws -> Self {
    var result = self
    for field in Self.changed(was, became) {
      guard field.isEqual(self, became) else { throw ChangedMeanwhile() }
      field.take(&result, was)
    }
    return result
  }
}

extension AuditDetails {
  /// Tells what differs between two values of a thing. `before` is nil for a thing that was added.
  init<Value: Described>(_ before: Value?, _ after: Value, _ names: NameBook = NameBook()) {
    self.init()
    for field in Value.fields {
      // Making the words takes longer than comparing.
      if let before, field.isEqual(before, after) { continue }
      let text = field.auditText(after, names)
      // The row of a new thing leaves out the fields that are empty.
      if before == nil, text?.isEmpty ?? true { continue }
      add(field.auditKey, before: field.auditText(before, names), after: text)
    }
  }
}

extension Field {
  fileprivate func auditText(_ value: Value?, _ names: NameBook) -> String? {
    let words = value.map { self.words($0, names) } ?? []
    let text = words.sorted().joined(separator: ", ")
    return switch form {
    case .names: text
    case .optional: words.isEmpty ? nil : text
    case .text: value == nil ? nil : text
    }
  }
}
