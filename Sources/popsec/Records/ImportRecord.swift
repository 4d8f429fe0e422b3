import Interchange

/// The changes that an import would make or made, as JSON.
struct ImportRecord: PrintedObject {
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
  let effect: EffectRecord?

  static let columns: [Column<Self>] = [
    .data("changes") { $0.changes },
    .data("danglingGrants") { $0.danglingGrants },
    .data("danglingGrantCount") { $0.danglingGrantCount },
    .data("orphans") { $0.orphans },
    .data("narrowedTokens") { $0.narrowedTokens },
    .data("narrowedTokenCount") { $0.narrowedTokenCount },
    .data("returning") { $0.returning },
    .data("notes") { $0.notes },
    .data("applied") { $0.applied },
    .data("effect") { $0.effect },
  ]

  struct Change: PrintedObject {
    /// The kind of change: `added`, `changed` or `removed`.
    let kind: String
    /// The kind of thing: `connector`, `company`, `list` or `endpoint`.
    let thing: String
    let connector: String
    let name: String
    let details: [String]

    static let columns: [Column<Self>] = [
      .data("kind") { $0.kind },
      .data("thing") { $0.thing },
      .data("connector") { $0.connector },
      .data("name") { $0.name },
      .data("details") { $0.details },
    ]
  }

  struct Dangling: PrintedObject {
    let subject: String
    let connector: String
    let parts: [String]

    static let columns: [Column<Self>] = [
      .data("subject") { $0.subject },
      .data("connector") { $0.connector },
      .data("parts") { $0.parts },
    ]
  }

  struct Narrowed: PrintedObject {
    let token: String
    let holder: String
    let endpoints: [String]

    static let columns: [Column<Self>] = [
      .data("token") { $0.token },
      .data("holder") { $0.holder },
      .data("endpoints") { $0.endpoints },
    ]
  }

  struct Note: PrintedObject {
    let line: Int?
    let text: String

    static let columns: [Column<Self>] = [
      .data("line") { $0.line },
      .data("text") { $0.text },
    ]
  }

  init(_ planned: PlannedImport, applied: Bool) {
    let plan = planned.plan
    self.applied = applied
    effect = planned.effect.map(EffectRecord.init)
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
    notes = plan.notes.map { Note(line: $0.line, text: $0.text) }
  }
}
