import Interchange

/// What applying a file would do, or did, as JSON.
struct PlanRecord: Encodable {
  let changes: [Change]
  /// Whether it was done.
  let applied: Bool

  struct Change: Encodable {
    let section: String
    /// `added`, `changed` or `removed`.
    let kind: String
    let name: String
    let fields: [Field]
  }

  struct Field: Encodable {
    let field: String
    let before: Nullable<String>
    let after: Nullable<String>
  }

  init(_ plan: Plan, applied: Bool) {
    self.applied = applied
    changes = plan.changes.map { change in
      Change(
        section: change.section.rawValue, kind: "\(change.kind)", name: change.name,
        fields: change.fields.map {
          Field(field: $0.field, before: Nullable($0.before), after: Nullable($0.after))
        })
    }
  }
}

extension Output {
  /// A plan for people, before a question or by itself.
  func plan(_ plan: Plan, entriesPerSection limit: Int) throws {
    for text in plan.text(entriesPerSection: limit) { try line(shown(text)) }
    try line(plan.isEmpty ? "nothing to do" : plan.summary)
  }
}
