internal import Access

/// The sections of a security file, in the order in which the file has them.
package enum FileSection: String, Hashable, Sendable, CaseIterable {
  case connectors = "catalogue.connectors"
  case widgets = "catalogue.widgets"
  case endpoints = "catalogue.endpoints"
  case roles, teams, apiUsers, users, laws

  /// The most entries that the section may have.
  var maximumEntryCount: Int { self == .laws ? LawBounds.laws : SecurityFile.maximumEntryCount }

  /// The section's key in the mapping that holds it.
  var key: String { rawValue.split(separator: ".").last.map(String.init) ?? rawValue }
}

/// The change of one field of an entry, in words.
package struct FieldChange: Hashable, Sendable {
  /// The name of the field, as in `companies` or `grant on Business Central: lists`.
  package let field: String
  /// The value before; nil where there was none. `after` is nil where there will be none.
  package let before: String?
  package let after: String?

  package init(_ field: String, before: String?, after: String?) {
    self.field = field
    self.before = before
    self.after = after
  }

  /// The change as one text, as in `companies: MX -> MX, US`.
  package var text: String {
    switch (before, after) {
    case (let before?, let after?): "\(field): \(before) -> \(after)"
    case (let before?, nil): "\(field): \(before) -> nothing"
    case (nil, let after?): "\(field): \(after)"
    case (nil, nil): field
    }
  }
}

/// What applying a file does to one entry of one section.
package struct PlannedChange: Hashable, Sendable {
  package enum Kind: Hashable, Sendable, CaseIterable {
    case added, changed, removed

    /// The sign in front of the entry: `+`, `~` or `-`.
    package var sign: String {
      switch self {
      case .added: "+"
      case .changed: "~"
      case .removed: "-"
      }
    }
  }

  package let section: FileSection
  package let kind: Kind
  /// The name of the entry. A renamed entry has its old name here.
  package let name: String
  package let fields: [FieldChange]
  /// The beginnings and ends that vanish or move so that more is given; `fields` has them too.
  package let widened: [FieldChange]

  package init(
    _ section: FileSection, _ kind: Kind, _ name: String, _ fields: [FieldChange] = [],
    widened: [FieldChange] = []
  ) {
    self.section = section
    self.kind = kind
    self.name = name
    self.fields = fields
    self.widened = widened
  }
}

/// What applying a security file would do to a store, in words. A plan holds no Token ID.
///
/// The changes are ordered by section, then by name, whatever the order of the file is. Two equal plans do
/// the same.
package struct Plan: Hashable, Sendable {
  package let changes: [PlannedChange]

  package init(changes: [PlannedChange]) { self.changes = changes }

  package var isEmpty: Bool { changes.isEmpty }

  package func count(_ kind: PlannedChange.Kind) -> Int { changes.count { $0.kind == kind } }

  /// The number of changes of each kind, as in `3 to add, 1 to change, 0 to remove`.
  package var summary: String {
    "\(count(.added)) to add, \(count(.changed)) to change, \(count(.removed)) to remove"
  }

  /// The beginnings and ends that vanish or move so that more is given.
  package var widened: [(section: FileSection, name: String, field: FieldChange)] {
    changes.flatMap { change in change.widened.map { (change.section, change.name, $0) } }
  }

  /// Lines for people: first the beginnings and ends by which more is given, then each section's title, below it its
  /// entries with `+`, `~` or `-`, below each of these its fields. At most so many entries of a section are told, and
  /// how many are not; what gives more is never left out.
  package func text(entriesPerSection limit: Int = .max) -> [String] {
    let given = widened.map { "  + \($0.section.rawValue): \($0.name): \($0.field.text)" }
    var lines = given.isEmpty ? [] : ["given by beginnings and ends that vanish or move"] + given
    for section in FileSection.allCases {
      let entries = changes.filter { $0.section == section }
      guard !entries.isEmpty else { continue }
      lines.append(section.rawValue)
      for entry in entries.prefix(limit) {
        lines.append("  \(entry.kind.sign) \(entry.name)")
        lines += entry.fields.map { "      \($0.text)" }
      }
      if entries.count > limit { lines.append("  … and \(entries.count - limit) more") }
    }
    return lines
  }
}
