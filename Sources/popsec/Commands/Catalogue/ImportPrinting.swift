import Access
import Administration
import Interchange

/// A document with its plan, and the effect of the plan on who may see what.
struct PlannedImport {
  let imported: CatalogueImport
  let plan: ImportPlan
  /// The effect; nil where it was not computed.
  let effect: AccessEffect?
  /// The reason why the effect was not computed.
  let obstacle: String?
}

extension Session {
  /// Plans an import and tries it out, with a progress bar.
  func planned(_ imported: CatalogueImport) throws -> PlannedImport {
    let plan = try withProgress("planning") { _ in try administration.plan(imported) }
    if plan.isEmpty {
      return PlannedImport(imported: imported, plan: plan, effect: AccessEffect(), obstacle: nil)
    }
    do {
      let effect = try withProgress("looking what it does") { progress in
        try administration.effect(of: { try $0.carryOut(imported, expecting: plan, progress: progress) })
      }
      return PlannedImport(imported: imported, plan: plan, effect: effect, obstacle: nil)
    } catch let complaint as any Complaint {
      return PlannedImport(imported: imported, plan: plan, effect: nil, obstacle: complaint.message)
    }
  }

  /// Prints a plan and its effect for people, before a question or alone. `naming` prints everything that was
  /// left out as well.
  func tell(_ planned: PlannedImport, linesPerSection limit: Int, naming: Bool) throws {
    let plan = planned.plan
    for line in plan.lines(perSection: limit, naming: naming) {
      let lead = line.tone == .heading ? "" : "  \(line.tone.sign) "
      try output.line(output.shown(lead + line.text))
    }
    try output.line(plan.isEmpty ? "nothing to do" : plan.summary)
    guard !plan.isEmpty else { return }
    if plan.count(.removed) > 0 {
      try output.line(TakingBack.removing(days: administration.retentionDays, hasTokens: false))
    }
    try tellEffect(planned.effect, obstacle: planned.obstacle, limit: limit)
  }
}
