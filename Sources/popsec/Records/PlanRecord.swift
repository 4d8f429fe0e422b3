import Administration
import Interchange

/// The changes that applying a file would make or made, as JSON.
struct PlanRecord: PrintedObject {
  /// The beginnings and ends that vanish or move so that more is given; `changes` has them too.
  let widened: [Widening]
  let changes: [Change]
  /// Whether the file was applied.
  let applied: Bool
  /// The effect on who may see what; null where there are too many changes to find it out.
  let effect: EffectRecord?

  static let columns: [Column<Self>] = [
    .data("widened") { $0.widened },
    .data("changes") { $0.changes },
    .data("applied") { $0.applied },
    .data("effect") { $0.effect },
  ]

  struct Change: PrintedObject {
    let section: String
    /// The kind of change: `added`, `changed` or `removed`.
    let kind: String
    let name: String
    let fields: [Field]

    static let columns: [Column<Self>] = [
      .data("section") { $0.section },
      .data("kind") { $0.kind },
      .data("name") { $0.name },
      .data("fields") { $0.fields },
    ]
  }

  struct Widening: PrintedObject {
    let section: String
    let name: String
    let field: String
    let before: String?
    let after: String?

    static let columns: [Column<Self>] = [
      .data("section") { $0.section },
      .data("name") { $0.name },
      .data("field") { $0.field },
      .data("before") { $0.before },
      .data("after") { $0.after },
    ]
  }

  struct Field: PrintedObject {
    let field: String
    let before: String?
    let after: String?

    static let columns: [Column<Self>] = [
      .data("field") { $0.field },
      .data("before") { $0.before },
      .data("after") { $0.after },
    ]
  }

  init(_ planned: PlannedFile, applied: Bool) {
    self.applied = applied
    effect = planned.effect.map(EffectRecord.init)
    widened = planned.plan.widened.map { section, name, field in
      Widening(
        section: section.rawValue, name: name, field: field.field, before: field.before,
        after: field.after)
    }
    changes = planned.plan.changes.map { change in
      Change(
        section: change.section.rawValue, kind: "\(change.kind)", name: change.name,
        fields: change.fields.map {
          Field(field: $0.field, before: $0.before, after: $0.after)
        })
    }
  }
}

/// The effect of a change on who may see what, as JSON.
struct EffectRecord: PrintedObject {
  /// The warnings, in words.
  let warnings: [String]
  let accountsGaining: Int
  let accountsLosing: Int
  let pairsGained: Int
  let pairsLost: Int
  let tokensGaining: Int
  let tokensLosing: Int
  /// Whether there is more than was looked at, so that the true counts may be larger.
  let cut: Bool
  /// The gains and losses of each account, in words.
  let lines: [String]

  static let columns: [Column<Self>] = [
    .data("warnings") { $0.warnings },
    .data("accountsGaining") { $0.accountsGaining },
    .data("accountsLosing") { $0.accountsLosing },
    .data("pairsGained") { $0.pairsGained },
    .data("pairsLost") { $0.pairsLost },
    .data("tokensGaining") { $0.tokensGaining },
    .data("tokensLosing") { $0.tokensLosing },
    .data("cut") { $0.cut },
    .data("lines") { $0.lines },
  ]

  init(_ effect: AccessEffect) {
    let words = EffectWords(effect).lines
    warnings = words.filter { $0.tone == .warning }.map(\.text)
    accountsGaining = effect.gainingAccounts
    accountsLosing = effect.losingAccounts
    pairsGained = effect.gainedPairs
    pairsLost = effect.lostPairs
    tokensGaining = effect.gainingTokens
    tokensLosing = effect.losingTokens
    cut = effect.isCut
    lines = words.filter { $0.tone == .gain || $0.tone == .loss }.map(\.text)
  }
}
