import Administration
import Interchange

/// The changes that applying a file would make or made, as JSON.
struct PlanRecord: Encodable {
  /// The beginnings and ends that vanish or move so that more is given; `changes` has them too.
  let widened: [Widening]
  let changes: [Change]
  /// Whether the file was applied.
  let applied: Bool
  /// The effect on who may see what; null where there are too many changes to find it out.
  let effect: Nullable<EffectRecord>

  struct Change: Encodable {
    let section: String
    /// The kind of change: `added`, `changed` or `removed`.
    let kind: String
    let name: String
    let fields: [Field]
  }

  struct Widening: Encodable {
    let section: String
    let name: String
    let field: String
    let before: Nullable<String>
    let after: Nullable<String>
  }

  struct Field: Encodable {
    let field: String
    let before: Nullable<String>
    let after: Nullable<String>
  }

  init(_ planned: PlannedFile, applied: Bool) {
    self.applied = applied
    effect = Nullable(planned.effect.map(EffectRecord.init))
    widened = planned.plan.widened.map { section, name, field in
      Widening(
        section: section.rawValue, name: name, field: field.field, before: Nullable(field.before),
        after: Nullable(field.after))
    }
    changes = planned.plan.changes.map { change in
      Change(
        section: change.section.rawValue, kind: "\(change.kind)", name: change.name,
        fields: change.fields.map {
          Field(field: $0.field, before: Nullable($0.before), after: Nullable($0.after))
        })
    }
  }
}

/// The effect of a change on who may see what, as JSON.
struct EffectRecord: Encodable {
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
