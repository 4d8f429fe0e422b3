import Access

/// The rows of a list that are chosen for one action on all of them.
struct RowChoice<ID: Hashable & Sendable>: Hashable, Sendable {
  /// The text of the filter, where all matching rows were chosen.
  private(set) var allMatching: String?
  private(set) var ids: Set<ID> = []
  /// The row that was chosen last, at which a range begins.
  private(set) var anchor: ID?

  init() {}

  /// The choice of one row.
  init(of id: ID) { ids = [id] }

  var isEmpty: Bool { ids.isEmpty && allMatching == nil }

  func contains(_ id: ID) -> Bool { allMatching != nil || ids.contains(id) }

  mutating func toggle(_ id: ID) {
    allMatching = nil
    ids.formSymmetricDifference([id])
    anchor = id
  }

  /// Chooses all rows from the last chosen one to this one.
  mutating func extend(to id: ID, in rows: [ID]) {
    allMatching = nil
    guard let end = rows.firstIndex(of: id) else { return }
    let start = anchor.flatMap(rows.firstIndex(of:)) ?? end
    ids.formUnion(rows[min(start, end)...max(start, end)])
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
}
