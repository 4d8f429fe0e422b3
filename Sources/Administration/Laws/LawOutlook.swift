package import Access
internal import Store

/// What a person should know of a law before it is added or changed.
package struct LawOutlook: Sendable {
  package let law: Law<AsWritten>
  /// What breaks the law now.
  package let survey: LawSurvey
  /// What the law says that its author may not have meant, each as a clause.
  package let remarks: [String]
  /// The names in the law that nothing has so far, each as in `list “Payroll”`.
  package let unknown: [String]
  /// Whether the law is refused as long as it is broken.
  package let isEnforcedAnew: Bool

  /// The number of breaches after which counting ends.
  static var mostCounted: Int { 1_000 }

  private var found: LawSurvey.Entry? { survey.entries.first }

  /// The reason why the law can't be enforced; nil where it can.
  package var trouble: Trouble? {
    guard isEnforcedAnew, let first = found?.first.first?.consequence else { return nil }
    let trouble = LawTrouble.isBroken(first)
    let shown = first.commandLine.map { "; to see it: \($0)" } ?? ""
    return Trouble(
      trouble.message + (more.map { "; \($0)" } ?? ""), hint: (trouble.hint ?? "") + shown,
      exitStatus: trouble.exitStatus)
  }

  /// How many breaches there are beside the first, as in `there are 4 more breaches`; nil where there is none.
  private var more: String? {
    guard let count = found?.count, count > 1 else { return nil }
    let words = count == 2 ? "is 1 more breach" : "are \((count - 1).grouped) more breaches"
    return "there \(words)" + (survey.isWhole ? "" : " or more")
  }

  /// All of this in lines for people.
  package var lines: [String] {
    var lines = remarks.map { "note: \($0)" }
    if !unknown.isEmpty {
      lines.append("note: nothing has these names so far, so that the law speaks of what may come: \(names)")
    }
    guard let first = found?.first.first?.consequence else { return lines + ["the law holds now"] }
    lines.append("! the law is broken now: \(first.counterexample)")
    if let command = first.commandLine { lines.append("  to see it: \(command)") }
    if let more { lines.append("! \(more)") }
    return lines
  }

  private var names: String {
    let shown = unknown.prefix(10).joined(separator: ", ")
    return unknown.count > 10 ? "\(shown) and \(unknown.count - 10) more" : shown
  }
}

extension Administration {
  /// Looks at a law before it is added, or put in the place of another one.
  ///
  /// Errors: ``AdministrationError``, ``StoreError``.
  package func outlook(of law: Law<AsWritten>, inPlaceOf was: Law<AsWritten>? = nil) throws -> LawOutlook {
    try read { reader in
      let source = AccessSource(reader)
      let found = try LawFinder(source).find(law)
      let bounds = LawSurvey.Bounds(kept: 1, counted: LawOutlook.mostCounted)
      return LawOutlook(
        law: law, survey: try LawSurvey(of: [law], source, at: now, bounds),
        remarks: try LawRemarks(law, found, source, now: now).all, unknown: found.unknownNames,
        isEnforcedAnew: was.map { law.saysMore(than: $0) } ?? (law.mode == .enforce))
    }
  }
}
