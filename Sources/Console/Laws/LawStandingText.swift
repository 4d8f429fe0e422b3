import Access
import Administration
import Terminal

/// What a look at a law found, in words.
struct LawStandingText {
  let look: Result<LawLook, Problem>?
  let isWatching: Bool

  private var broken: Style { isWatching ? Style(.warning, .bold) : Style(.danger, .bold) }

  /// In one word, for a column. A law that was not looked at, or not to the end, is never said to hold.
  var cell: ListCell {
    switch look.map({ $0.map(\.standing) }) {
    case nil: ListCell("…", .muted)
    case .success(.holds): ListCell("holds")
    case .success(.broken): ListCell("broken", broken)
    case .success(.unfinished): ListCell("unknown", Style(.warning))
    case .failure: ListCell("unread", Style(.danger))
    }
  }

  /// In a line.
  ///
  /// - Parameter most: the number of breaches after which the look ended.
  var line: ListCell {
    switch look {
    case nil: return ListCell("… looking who breaks it", .muted)
    case .failure(let problem): return ListCell("✗ could not look: \(problem.line)", Style(.danger))
    case .success(let look):
      switch look.standing {
      case .holds: return ListCell("✓ holds now", Style(.good, .bold))
      case .unfinished:
        return ListCell("? nobody found so far who breaks it; popsec law check looks at all", Style(.warning))
      case .broken:
        let count = look.found.count
        let many = look.isWhole ? count.grouped : "\(count.grouped) or more"
        return ListCell("✗ broken now by \(many)", broken)
      }
    }
  }

  /// What the law names and is not there, in a line; nil where all is there.
  var unknown: ListCell? {
    guard let names = (try? look?.get())?.unknown, !names.isEmpty else { return nil }
    let rest = names.count > 3 ? " and \(names.count - 3) more" : ""
    return ListCell(
      "! not there yet, taken for what may come: \(names.prefix(3).joined(separator: ", "))\(rest)",
      Style(.warning))
  }

  /// The counterexamples, each wrapped.
  func counterexamples(columns: Int) -> [ListCell] {
    let found = (try? look?.get())?.found ?? []
    return found.flatMap { found in
      wrap(found.words.counterexample, columns: max(10, columns - 2)).enumerated().map {
        ListCell(($0.offset == 0 ? "- " : "  ") + $0.element)
      }
    }
  }
}
