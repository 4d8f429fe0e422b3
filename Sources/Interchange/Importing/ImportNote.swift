/// Something that is told beside a plan, such as what was left out and why.
package struct ImportNote: Hashable, Sendable {
  /// What many notes may have in common, by which they are counted.
  struct Kind: Hashable, Sendable {
    /// What became of it, as in `left out`.
    let fate: String
    /// What it became of, as in `operation`.
    let noun: String
    let reason: String
  }

  /// The most scalars of a name: people look for it in the document.
  static let maximumNameLength = 300

  /// Nil where it is of no one line.
  package let line: Int?
  package let text: String
  /// Nil for what is told by itself.
  let kind: Kind?
  /// What it is about, by its published name.
  let subject: String

  init(_ text: String, at position: FilePosition? = nil) {
    line = position.map { Int($0.line) }
    self.text = text
    kind = nil
    subject = ""
  }

  /// One of perhaps many that have the same reason.
  init(
    fate: String = "left out", _ noun: String, _ subject: String, _ reason: String,
    at position: FilePosition?
  ) {
    line = position.map { Int($0.line) }
    text = "\(fate): \(noun) \(shown(subject, atMost: Self.maximumNameLength)): \(reason)"
    kind = Kind(fate: fate, noun: noun, reason: reason)
    self.subject = subject
  }

  /// As in `line 12: …`.
  package var words: String { (line.map { "line \($0): " } ?? "") + text }
}

extension [ImportNote] {
  /// As many names of a kind are told where they are not asked for.
  private static var toldNames: Int { 3 }

  /// Lines in which those of a kind are counted, each kind where its first stands. With the names each kind is
  /// followed by all that it counts.
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
