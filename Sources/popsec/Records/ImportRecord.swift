import Interchange

/// The changes that an import would make or made, as JSON.
struct ImportRecord: Encodable {
  let changes: [Change]
  /// The grants that name something removed, at most the first 500.
  let danglingGrants: [Dangling]
  let danglingGrantCount: Int
  /// The widgets and endpoints that lose lists, in words.
  let orphans: [String]
  /// The limited tokens that lose an address, at most the first 500.
  let narrowedTokens: [Narrowed]
  let narrowedTokenCount: Int
  /// What comes back into use, in words.
  let returning: [String]
  let notes: [Note]
  /// Whether the import was carried out.
  let applied: Bool
  /// The effect on who may see what; null where nobody looked at it.
  let effect: Nullable<EffectRecord>

  struct Change: Encodable {
    /// The kind of change: `added`, `changed` or `removed`.
    let kind: String
    /// The kind of thing: `connector`, `company`, `list` or `endpoint`.
    let thing: String
    let connector: String
    let name: String
    let details: [String]
  }

  struct Dangling: Encodable {
    let subject: String
    let connector: String
    let parts: [String]
  }

  struct Narrowed: Encodable {
    let token: String
    let holder: String
    let endpoints: [String]
  }

  struct Note: Encodable {
    let line: Nullable<Int>
    let text: String
  }

  init(_ planned: PlannedImport, applied: Bool) {
    let plan = planned.plan
    self.applied = applied
    effect = Nullable(planned.effect.map(EffectRecord.init))
    changes = plan.changes.map {
      Change(
        kind: "\($0.kind)", thing: $0.thing.rawValue, connector: $0.connector, name: $0.name,
        details: $0.details)
    }
    danglingGrants = plan.dangling.map {
      Dangling(subject: $0.subject, connector: $0.connector, parts: $0.parts)
    }
    danglingGrantCount = plan.danglingCount
    orphans = plan.orphans
    narrowedTokens = plan.narrowed.map {
      Narrowed(token: $0.token, holder: $0.holder, endpoints: $0.endpoints)
    }
    narrowedTokenCount = plan.narrowedCount
    returning = plan.returning
    notes = plan.notes.map { Note(line: Nullable($0.line), text: $0.text) }
  }
}
