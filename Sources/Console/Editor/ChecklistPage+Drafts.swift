import Access
import Administration

/// The pending edits of a page with rows to tick, as they are kept and put back.
extension ChecklistPage {
  var pending: PendingEdits? {
    guard let list, hasPendingChanges else { return restoring }
    guard list.saved.isBounded || list.choice.isBounded else {
      return PendingEdits(.checklist, Edit(was: list.saved.coverage, becomes: list.choice.coverage))
    }
    return PendingEdits(.bounded, Edit(was: list.saved.kept, becomes: list.choice.kept))
  }

  mutating func restore(_ pending: PendingEdits) { restoring = pending }

  /// Puts kept edits back. If others saved meanwhile, saving finds the conflict. Rows that are no longer
  /// offered can't be ticked.
  func putBack(_ pending: PendingEdits, _ list: inout CheckList<ID>) -> Bool {
    guard source.isEditable else { return false }
    let offered = Set(list.items.map(\.id))
    if source.isBounded, let edit = pending.read(.bounded, as: Edit<[Bounded<ID>]>.self) {
      list.saved = CheckList.Choice(held: BoundedSet(bounded: edit.was))
      list.choice = CheckList.Choice(
        held: BoundedSet(bounded: edit.becomes.filter { offered.contains($0.value) }))
      return list.isChanged
    }
    guard let edit = pending.read(.checklist, as: Edit<KeptCoverage<ID>>.self) else { return false }
    let becomes = edit.becomes.coverage
    // What was kept without bounds had none, and has those that were saved since.
    let held = list.saved.held
    list.saved = CheckList.Choice(edit.was.coverage, boundedAs: held)
    list.choice = CheckList.Choice(
      becomes.only.map { .only($0.intersection(offered)) } ?? becomes, boundedAs: held)
    return list.isChanged
  }
}

extension CheckList.Choice {
  init(_ coverage: Coverage<ID>) {
    switch coverage {
    case .all: self.init(isAll: true)
    case .only(let ids): self.init(ids: ids)
    }
  }

  /// - Parameter held: the bounds of the elements.
  init(_ coverage: Coverage<ID>, boundedAs held: BoundedSet<ID>) {
    self.init(isAll: coverage.only == nil, held: held.keeping(coverage.only ?? []))
  }

  var coverage: Coverage<ID> { isAll ? .all : .only(ids) }
  var isBounded: Bool { held.bounded.contains { !$0.bounds.isAlways } }
}

extension CheckList.Choice where ID: Comparable {
  /// The choice in the form in which a draft keeps it.
  var kept: [Bounded<ID>] { held.bounded.sorted { $0.value < $1.value } }
}
