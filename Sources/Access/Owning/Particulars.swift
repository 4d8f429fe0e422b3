/// What people know about an API user or a token beside what it may do: who answers for it, what it is for, and by
/// what it is sorted. No decision looks at any of it.
package struct Particulars: Hashable, Sendable {
  package var owner: Owner?
  package var note: Note
  package var labels: Labels

  package static let none = Particulars()

  package init(owner: Owner? = nil, note: Note = .empty, labels: Labels = .none) {
    (self.owner, self.note, self.labels) = (owner, note, labels)
  }

  package var isEmpty: Bool { self == .none }
}

/// Only what there is is written, so that documents of before are read as those of things without particulars.
extension Particulars: Codable {
  private enum Key: CodingKey { case owner, note, labels }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(
      owner: try container.decodeIfPresent(Owner.self, forKey: .owner),
      note: try container.decodeIfPresent(Note.self, forKey: .note) ?? .empty,
      labels: try container.decodeIfPresent(Labels.self, forKey: .labels) ?? .none)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encodeIfPresent(owner, forKey: .owner)
    if !note.isEmpty { try container.encode(note, forKey: .note) }
    if !labels.isEmpty { try container.encode(labels, forKey: .labels) }
  }

  /// As a value that may be left out of a document: nil where there is nothing to say.
  package var orNothing: Particulars? { isEmpty ? nil : self }
}
