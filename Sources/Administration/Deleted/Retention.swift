internal import Access
package import Store

extension SecurityReader {
  /// The number of days for which deleted things are kept. This is the one place that tells it.
  package func retentionDays() throws -> Int64 { Int64(try settings(for: nil).deletedKeptDays) }
}

extension Administration {
  /// The number of days for which deleted things are kept, when the store was last asked. It is for messages
  /// before a change.
  package var retentionDays: Int64 { Int64(presentSettings.deletedKeptDays) }

  /// The greatest number of things that one change purges: of things that are cheap to purge, and of things
  /// for which a large store must be searched.
  static let mostPurged = (cheap: 100, costly: 10)

  /// Purges some things whose time is over. This happens after each change that was recorded while the clock
  /// is trusted, in a transaction of its own. It is small, so that nobody waits for it, and never prevents a
  /// change: an error is ignored until the next time.
  func purgeOverdue(_ settled: SettledTime) {
    guard let bounds = try? overdueBounds(settled) else { return }
    try? store.write { writer in
      let change = try Change(recordingFor: byItself, writer: writer)
      let overdue = try writer.overdue(bounds, limit: Self.mostPurged.cheap)
      let costly = overdue.filter { $0.kind.isCostlyToPurge }.prefix(Self.mostPurged.costly)
      for row in overdue.filter({ !$0.kind.isCostlyToPurge }) + costly {
        try change.purgeUnchecked(row, AuditDetails("overdue", after: "true"))
      }
      _ = try change.signHead(.none)
    }
  }

  /// The bounds by which something is overdue; nil where nothing is.
  private func overdueBounds(_ settled: SettledTime) throws -> PurgeBounds? {
    try store.read { reader in
      let bounds = settled.purging(keptDays: try reader.retentionDays())
      return try reader.overdue(bounds, limit: 1).isEmpty ? nil : bounds
    }
  }
}

extension DeletedKind {
  /// Whether purging the thing searches all grants or roles.
  fileprivate var isCostlyToPurge: Bool {
    switch self {
    case .user, .apiUser, .team: false
    default: true
    }
  }
}
