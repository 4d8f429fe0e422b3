/// What an import does to one thing of the catalogue.
package struct ImportChange: Hashable, Sendable {
  package enum Thing: String, Hashable, Sendable, CaseIterable {
    case connector, company, list, endpoint
  }

  package let kind: PlannedChange.Kind
  package let thing: Thing
  /// The present name of the thing, or its future name where it is new.
  package let name: String
  /// The connector of the thing.
  package let connector: String
  /// More words about the thing, such as its group and what happens to its items.
  package let details: [String]
}

/// A grant that names something that the import removes.
package struct DanglingGrant: Hashable, Sendable {
  /// The subject of the grant, as in `team “Sales MX”`.
  package let subject: String
  package let connector: String
  /// The removed parts of the grant, as in `list “Sales Orders”`.
  package let parts: [String]
}

/// A limited token that opens less after the import.
package struct NarrowedToken: Hashable, Sendable {
  package let token: String
  /// The holder of the token, as in `API user “Portal Mexico”`.
  package let holder: String
  /// The names of the token's endpoints that lose an address.
  package let endpoints: [String]
}

/// What an import would do to a store, and which grants, tokens and places this affects. Two equal plans do
/// the same.
package struct ImportPlan: Hashable, Sendable {
  /// The most grants that are listed.
  package static let mostGrants = 500
  /// The most tokens that are listed.
  package static let mostTokens = 500

  /// The changes, ordered by connector, kind of thing and name.
  package let changes: [ImportChange]
  /// What connectors give to more people by losing their last company, in words.
  package let opening: [String]
  /// What comes back into use because of new entries, in words.
  package let returning: [String]
  /// The grants that name something removed. They are kept, but this part of them gives nothing until the
  /// thing comes back.
  package let dangling: [DanglingGrant]
  /// The number of all such grants.
  package let danglingCount: Int
  /// The widgets and endpoints that lose lists, in words.
  package let orphans: [String]
  /// The tokens limited to endpoints that are removed, or whose addresses match less than before.
  package let narrowed: [NarrowedToken]
  /// The number of all such tokens.
  package let narrowedCount: Int
  /// The notes, such as what of the document was left out.
  package let notes: [ImportNote]
  /// The same plan as changes of a security file's entries.
  let plan: Plan

  package var isEmpty: Bool { plan.isEmpty }

  package func count(_ kind: PlannedChange.Kind) -> Int { changes.count { $0.kind == kind } }

  /// The number of changes of each kind, as in `412 to add, 1 to change, 0 to remove`.
  package var summary: String {
    "\(count(.added)) to add, \(count(.changed)) to change, \(count(.removed)) to remove"
  }
}

/// One line of the words for a plan.
package struct ImportLine: Hashable, Sendable {
  package enum Tone: Hashable, Sendable {
    case heading, added, changed, removed
    /// A line about something that depends on a removed thing.
    case warning
    case note

    /// The character before the text.
    package var sign: String {
      switch self {
      case .heading, .note: " "
      case .added: "+"
      case .changed: "~"
      case .removed: "-"
      case .warning: "!"
      }
    }
  }

  package let tone: Tone
  package let text: String
}

extension ImportPlan {
  /// The plan as lines for people. At most `limit` lines of each section are listed, followed by the number
  /// of the others. Notes are counted by kind; with `naming`, all the names follow. Where nothing changes,
  /// the notes are listed only with `naming`.
  package func lines(perSection limit: Int = .max, naming: Bool = false) -> [ImportLine] {
    var lines: [ImportLine] = []
    func add(_ heading: String, _ section: [ImportLine], atMost limit: Int = limit) {
      guard !section.isEmpty else { return }
      lines.append(ImportLine(tone: .heading, text: heading))
      lines += section.prefix(limit)
      if section.count > limit {
        lines.append(ImportLine(tone: .note, text: "… and \(section.count - limit) more"))
      }
    }
    add("what opens", opening.map { ImportLine(tone: .warning, text: $0) })
    let tellingConnector = Set(changes.map(\.connector)).count > 1
    for thing in ImportChange.Thing.allCases {
      // Removed things go first, because people read the first of many lines.
      let ordered =
        changes.filter { $0.thing == thing && $0.kind == .removed }
        + changes.filter { $0.thing == thing && $0.kind != .removed }
      add(thing.plural, ordered.map { $0.line(tellingConnector: tellingConnector) })
    }
    add("grants that name what vanishes (they are kept, and give nothing by it)", danglingLines)
    add("what shows what vanishes", orphans.map { ImportLine(tone: .warning, text: $0) })
    add("limited tokens that lose an address", narrowedLines)
    add("what comes back to life", returning.map { ImportLine(tone: .added, text: $0) })
    if naming || !isEmpty {
      let told = notes.lines(naming: naming).map { ImportLine(tone: .note, text: $0) }
      add("notes", told, atMost: naming ? .max : limit)
    }
    return lines
  }

  private var danglingLines: [ImportLine] {
    var lines = dangling.map {
      ImportLine(tone: .warning, text: "\($0.subject): \(some($0.parts))")
    }
    if danglingCount > dangling.count {
      lines.append(ImportLine(tone: .warning, text: "\(danglingCount - dangling.count) more grants"))
    }
    return lines
  }

  private var narrowedLines: [ImportLine] {
    var lines = narrowed.map {
      ImportLine(
        tone: .warning,
        text: "token \(shown($0.token)) of \($0.holder): endpoint \(some($0.endpoints.map(shown)))")
    }
    if narrowedCount > narrowed.count {
      lines.append(ImportLine(tone: .warning, text: "\(narrowedCount - narrowed.count) more tokens"))
    }
    return lines
  }

  private func some(_ parts: [String]) -> String {
    let shown = parts.prefix(5).joined(separator: ", ")
    return parts.count > 5 ? "\(shown) and \(parts.count - 5) more" : shown
  }
}

extension ImportChange {
  fileprivate func line(tellingConnector: Bool) -> ImportLine {
    let owner = tellingConnector && thing != .connector ? "\(connector): " : ""
    let more = details.isEmpty ? "" : "  " + details.joined(separator: "; ")
    return ImportLine(tone: kind.tone, text: owner + name + more)
  }
}

extension ImportChange.Thing {
  package var plural: String { self == .company ? "companies" : rawValue + "s" }
}

extension PlannedChange.Kind {
  fileprivate var tone: ImportLine.Tone {
    switch self {
    case .added: .added
    case .changed: .changed
    case .removed: .removed
    }
  }
}
