import Access
import Administration
import Interchange
import Store

/// The rows of a list that are chosen for one action on all of them.
struct RowChoice: Hashable, Sendable {
  /// The text of the filter, where all matching rows were chosen.
  private(set) var allMatching: String?
  private(set) var ids: Set<AccountID> = []
  /// The row that was chosen last, at which a range begins.
  private(set) var anchor: AccountID?

  var isEmpty: Bool { ids.isEmpty && allMatching == nil }

  func contains(_ id: AccountID) -> Bool { allMatching != nil || ids.contains(id) }

  mutating func toggle(_ id: AccountID) {
    allMatching = nil
    ids.formSymmetricDifference([id])
    anchor = id
  }

  /// Chooses all rows from the last chosen one to this one.
  mutating func extend(to id: AccountID, in rows: [AccountRow]) {
    allMatching = nil
    guard let end = rows.firstIndex(where: { $0.id == id }) else { return }
    let start = anchor.flatMap { anchor in rows.firstIndex { $0.id == anchor } } ?? end
    ids.formUnion(rows[min(start, end)...max(start, end)].map(\.id))
    anchor = id
  }

  mutating func chooseAll(matching filter: String) {
    ids = []
    allMatching = filter
  }

  /// The number of chosen rows, as in `12 chosen`.
  func words(total: Int?) -> String {
    guard let filter = allMatching else { return "\(ids.count.grouped) chosen" }
    let count = total.map { "all \($0.grouped)" } ?? "all"
    return filter.isEmpty ? "\(count) chosen" : "\(count) that match chosen"
  }

  /// The chosen rows as things to be copied, as many as are copied at once and one more.
  func things(_ kind: AccountKind, _ context: ConsoleContext) throws -> [EntryThing] {
    switch try targets(kind, context.administration) {
    case .these(let ids): return ids.prefix(ConsoleContext.mostCopiedRows + 1).map { .account($0) }
    case .matching(let query):
      return try context.administration.read { reader in
        try reader.accounts(query, .first, limit: ConsoleContext.mostCopiedRows + 1, now: context.now).rows
          .map { .account($0.id) }
      }
    }
  }

  func targets(_ kind: AccountKind, _ administration: Administration) throws -> BulkTargets {
    guard let filter = allMatching else { return .these(ids) }
    let written = try WrittenConditions(filter, of: ListedKind(kind))
    return .matching(
      try administration.read { try ConditionFinder($0, now: administration.now).query(written, kind) })
  }
}
