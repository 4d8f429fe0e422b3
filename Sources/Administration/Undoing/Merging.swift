internal import Access

/// What stands in an undo document can't be carried out: it is damaged, or was written by a later popsec.
struct UnreadableUndo: Error {}

/// Something is not, or no longer, as a change left it; its audit target, where that is another than the step's.
struct ChangedMeanwhile: Error { var target: (AuditTarget.Kind, String)? }

/// A value from which a change of some of its fields is taken back; what others changed of the other fields
/// stays.
struct Merging<Value> {
  private(set) var value: Value
  private let was: Value
  private let became: Value

  init(_ present: Value, was: Value, became: Value) {
    value = present
    self.was = was
    self.became = became
  }

  mutating func takeBack(_ field: WritableKeyPath<Value, some Equatable>) throws {
    try takeBackField(field)
  }

  private mutating func takeBackField<Field: Equatable>(_ field: WritableKeyPath<Value, Field>) throws {
    guard was[keyPath: field] != became[keyPath: field] else { return }
    guard value[keyPath: field] == became[keyPath: field] else { throw ChangedMeanwhile() }
    value[keyPath: field] = was[keyPath: field]
  }
}
