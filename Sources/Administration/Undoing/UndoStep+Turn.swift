internal import Access

extension UndoStep {
  /// The value of a thing before and after a change; nil where the thing did not exist.
  struct Turn<Value: Codable & Hashable & Sendable>: Codable, Hashable, Sendable {
    let was: Value?
    let became: Value?
    /// A digest of what the thing has that was added, or had when it was deleted. Undoing compares the
    /// digests, so that what was given to the thing since is not taken away with it.
    var holdings: String?
    /// The number (``Deletion/number``) of the deletion that deleted the thing, or that had deleted the thing
    /// before it came back. A thing that is deleted once more under the same number is as if it had never
    /// come back.
    var deletion: Int64?
    /// Whether the thing came back without the parts that had been deleted with it. Nil where such a
    /// difference does not exist.
    var isPartless: Bool?
    /// The name of the thing while it was deleted, where it came back under another name.
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
  /// A turn of a membership. The terms are nil where the membership had no bounds before and has none now.
  init(joined: Bool, _ terms: Self?) {
    self = terms ?? (joined ? .init(was: nil, became: .always) : .init(was: .always, became: nil))
  }
}
