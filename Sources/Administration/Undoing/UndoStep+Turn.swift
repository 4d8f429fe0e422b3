internal import Access

extension UndoStep {
  /// A value that was changed; nil where there was, or is, no such thing.
  struct Turn<Value: Codable & Hashable & Sendable>: Codable, Hashable, Sendable {
    let was: Value?
    let became: Value?
    /// What a thing has that came, or had that went: so that what was given to it since isn't taken away with it.
    var holdings: String?
    /// By which ``Deletion/number`` it went, or had gone before it came back. Deleted once more by the same number,
    /// it is as if it had never come back.
    var deletion: Int64?
    /// Whether it came without the parts that had gone with it. Nil where it is the same.
    var isPartless: Bool?
    /// What it was called while it was deleted, where it came back under another name.
    var formerName: Name?

    init(
      was: Value?, became: Value?, holdings: String? = nil, deletion: Int64? = nil, isPartless: Bool = false,
      formerName: Name? = nil
    ) {
      self.formerName = formerName
      self.was = was
      self.became = became
      self.holdings = holdings
      self.deletion = deletion
      self.isPartless = isPartless && deletion != nil ? true : nil
    }

    enum Course { case came, went, changed }

    var course: Course {
      if was == nil { return .came }
      return became == nil ? .went : .changed
    }
  }
}

extension UndoStep.Turn<Bounds> {
  /// Of a membership, whose terms are nil where there were no bounds before and are none now.
  init(joined: Bool, _ terms: Self?) {
    self = terms ?? (joined ? .init(was: nil, became: .always) : .init(was: .always, became: nil))
  }
}
