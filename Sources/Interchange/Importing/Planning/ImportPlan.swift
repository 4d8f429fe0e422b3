/// What an import does to one thing of the catalogue.
package struct ImportChange: Hashable, Sendable {
  package enum Thing: String, Hashable, Sendable, CaseIterable {
    case connector, company, list, endpoint
  }

  package let kind: PlannedChange.Kind
  package let thing: Thing
  /// The name that it has, or gets where it is new.
  package let name: String
  /// The connector that it is of.
  package let connector: String
  /// More about it in words, such as its group and what becomes of its items.
  package let details: [String]
}

/// A grant that names what vanishes.
package struct DanglingGrant: Hashable, Sendable {
  /// As in `team “Sales MX”`.
  package let subject: String
  package let connector: String
  /// As in `list “Sales Orders”`.
  package let parts: [String]
}

/// A limited token that opens less after an import.
package struct NarrowedToken: Hashable, Sendable {
  package let token: String
  /// As in `API user “Portal Mexico”`.
  package let holder: String
  /// Those of its endpoints that lose an address, by name.
  package let endpoints: [String]
}

/// What an import would do to a store, and what depends on that. Equal plans do the same.
package struct ImportPlan: Hashable, Sendable {
  /// The most grants that are told one by one.
  package static let mostGrants = 500
  /// The most tokens that are told one by one.
  package static let mostTokens = 500

  /// By connector, kind of thing and name.
  package let changes: [ImportChange]
  /// What connectors give by losing their last company, in words.
  package let opening: [String]
  /// What comes back to life by what is new, in words.
  package let returning: [String]
  /// Grants that name what vanishes: they are kept, and give nothing by it until it comes back.
  package let dangling: [DanglingGrant]
  /// How many such grants there are.
  package let danglingCount: Int
  /// Widgets and endpoints that lose lists by it, in words.
  package let orphans: [String]
  /// Tokens limited to endpoints that vanish, or whose addresses mean less than before.
  package let narrowed: [NarrowedToken]
  /// How many such tokens there are.
  package let narrowedCount: Int
  /// What of the document was left out, and the like.
  package let notes: [ImportNote]
  /// The same as changes of entries.
  let plan: Plan

  package var isEmpty: Bool { plan.isEmpty }

  package func count(_ kind: PlannedChange.Kind) -> Int { changes.count { $0.kind == kind } }

  /// As in `412 to add, 1 to change, 0 to remove`.
  package var summary: String {
    "\(count(.added)) to add, \(count(.changed)) to change, \(count(.removed)) to remove"
  }
}

/// A line that tells of a plan.
package struct ImportLine: Hashable, Sendable {
  package enum Tone: Hashable, Sendable {
    case heading, added, changed, removed
    /// What depends on something that vanishes.
    case warning
    case note

    /// One character before the text.
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
  /// Lines for people. At most so many of each section are told, and how many are not. Notes are counted by kind;
  /// with the names, all that they are about is told. Where there is nothing to do they are told with the names
  /// alone.
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
      // What vanishes first: of many lines the first are read.
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
