/// A note that stands beside a plan, such as what was left out and why.
package struct ImportNote: Hashable, Sendable {
  /// What similar notes have in common. Notes of one kind are counted together.
  struct Kind: Hashable, Sendable {
    /// What happened to the thing, as in `left out`.
    let fate: String
    /// The kind of thing to which it happened, as in `operation`.
    let noun: String
    let reason: String
  }

  /// The most scalars of a name that are shown. The limit is generous, because people look for the name in
  /// the document.
  static let maximumNameLength = 300

  /// The line of the document; nil where the note is not about one line.
  package let line: Int?
  package let text: String
  /// The kind by which the note is counted; nil for a note that always stands by itself.
  let kind: Kind?
  /// The published name of the thing that the note is about.
  let subject: String

  init(_ text: String, at position: FilePosition? = nil) {
    line = position.map { Int($0.line) }
    self.text = text
    kind = nil
    subject = ""
  }

  /// Makes a note that may share its reason with many others.
  init(
    fate: String = "left out", _ noun: String, _ subject: String, _ reason: String,
    at position: FilePosition?
  ) {
    line = position.map { Int($0.line) }
    text = "\(fate): \(noun) \(shown(subject, atMost: Self.maximumNameLength)): \(reason)"
    kind = Kind(fate: fate, noun: noun, reason: reason)
    self.subject = subject
  }

  /// The note as one text, as in `line 12: …`.
  package var words: String { (line.map { "line \($0): " } ?? "") + text }
}

extension [ImportNote] {
  /// The number of names that are shown of each kind where not all names are asked for.
  private static var toldNames: Int { 3 }

  /// The notes as lines, one for each kind with the number of its notes. A kind stands where its first note
  /// stands. With `naming`, all names follow each kind.
  func lines(naming: Bool) -> [String] {
    let kinds = Dictionary(grouping: self, by: \.kind)
    var told: Set<ImportNote.Kind> = []
    return flatMap { note -> [String] in
      guard let kind = note.kind, let all = kinds[kind], all.count > 1 else { return [note.words] }
      guard told.insert(kind).inserted else { return [] }
      return Self.lines(kind, all, naming: naming)
    }
  }

  private static func lines(_ kind: ImportNote.Kind, _ notes: [ImportNote], naming: Bool) -> [String] {
    let counted = "\(kind.fate): \(notes.count) \(kind.noun)s"
    if naming {
      return ["\(counted): \(kind.reason)"]
        + notes.map {
          "  " + ($0.line.map { "line \($0): " } ?? "")
            + shown($0.subject, atMost: ImportNote.maximumNameLength)
        }
    }
    let names = notes.prefix(toldNames).map { shown($0.subject) }.joined(separator: ", ")
    let more = notes.count > toldNames ? " and \(notes.count - toldNames) more" : ""
    return ["\(counted) (\(names)\(more)): \(kind.reason)"]
  }
}
