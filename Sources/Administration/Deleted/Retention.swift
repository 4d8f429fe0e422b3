internal import Access
package import Store

extension SecurityReader {
  /// For how many days what is deleted is kept: the one place that says so.
  package func retentionDays() throws -> Int64 { Int64(try settings(for: nil).deletedKeptDays) }
}

extension Administration {
  /// For how many days what is deleted is kept, as when the store was last asked: for what is said before.
  package var retentionDays: Int64 { Int64(presentSettings.deletedKeptDays) }

  /// The most that one change purges of what was kept long enough, of what is cheap to purge and of what a
  /// large store must be looked through for.
  static let mostPurged = (cheap: 100, costly: 10)

  /// Purges some of what was deleted longer ago than that. It follows each change that was recorded where the clock
  /// is believed, in a transaction of its own: small, so that nobody waits for it; and never in the way of what is
  /// asked for, so that what goes wrong with it is left to the next.
  func purgeOverdue(_ settled: SettledTime) {
    guard let bounds = try? purgeBounds(settled), (try? hasOverdue(bounds)) == true else { return }
    let keeper = with(
      Operator(actor: Actor(name: "popsec", frontEnd: operating.actor.frontEnd), permissions: []))
    try? store.write { writer in
      let change = try Change(recordingFor: keeper, writer: writer)
      let overdue = try writer.overdue(bounds, limit: Self.mostPurged.cheap)
      let costly = overdue.filter { $0.kind.isCostlyToPurge }.prefix(Self.mostPurged.costly)
      for row in overdue.filter({ !$0.kind.isCostlyToPurge }) + costly {
        try change.purgeUnchecked(row, AuditDetails("overdue", after: "true"))
      }
      _ = try change.signHead(.none)
    }
  }

  private func purgeBounds(_ settled: SettledTime) throws -> PurgeBounds {
    settled.purging(keptDays: try store.read { try $0.retentionDays() })
  }

  private func hasOverdue(_ bounds: PurgeBounds) throws -> Bool {
    try store.read { try !$0.overdue(bounds, limit: 1).isEmpty }
  }
}

extension DeletedKind {
  /// What names it is found by looking through all grants or roles.
  fileprivate var isCostlyToPurge: Bool {
    switch self {
    case .user, .apiUser, .team: false
    default: true
    }
  }
}
