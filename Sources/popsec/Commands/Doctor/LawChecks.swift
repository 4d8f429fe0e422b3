import Access
import Administration

/// Checks whether the laws of a store hold.
struct LawChecks {
  private let administration: Administration

  init(_ administration: Administration) { self.administration = administration }

  /// The most broken laws that are told one by one.
  private static let shown = 20

  /// Nothing for a store without laws.
  ///
  /// Errors: ``AdministrationError``, ``StoreError``.
  var all: [HealthCheck] {
    get throws {
      let bar = ProgressBar("checking the laws")
      defer { bar.finish() }
      let entries = try administration.survey(.firsts).entries
      guard !entries.isEmpty else { return [] }
      let broken = entries.compactMap(\.first.first)
      guard !broken.isEmpty else { return [.good("laws", "\(entries.count) in all, each holds")] }
      let more = broken.count - Self.shown
      return broken.prefix(Self.shown).map(check)
        + (more > 0 ? [.note("laws", "\(more) more are broken", "popsec law check")] : [])
    }
  }

  /// A law that only watches is broken without anything being wrong with the store.
  private func check(_ breach: ToldBreach) -> HealthCheck {
    let text = "\(breach.law.quotedMarked) is broken: \(breach.consequence.counterexample)"
    let advice = ShellWords.joined(["popsec", "law", "check", "--", breach.law.name.text])
    return breach.law.mode == .watch ? .note("laws", text, advice) : .bad("laws", text, advice)
  }
}
