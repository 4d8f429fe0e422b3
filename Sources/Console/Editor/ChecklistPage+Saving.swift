import Access
import Administration

/// Saves the ticks of a page, and merges them with those that somebody else saved meanwhile.
extension ChecklistPage {
  var saving: Result<PageSaving<Message>, Problem>? {
    guard let list, list.isChanged else { return nil }
    let edit = Edit(was: list.saved, becomes: list.choice)
    return .success(
      PageSaving(
        title: title, carryOut: { [source] in try source.save($0, edit) },
        consequences: { [source] in source.consequences(edit.was.coverage, edit.becomes.coverage) },
        saved: .saved(edit.becomes), proposed: .proposed
      ) { [items = list.items, clock = context.clock] error in
        guard let conflict = error as? EditConflict<CheckList<ID>.Choice> else { return nil }
        let choices = ThreeParts(was: edit.was, theirs: conflict.current, mine: edit.becomes)
        return PageConflict(rows: choices.rows(items, clock)) {
          .merged(theirs: choices.theirs, choices.merged(taking: $0))
        }
      })
  }
}

extension ThreeParts {
  /// Whether one person chose *All*, or gave it up. The choice is one part then, because *All* is not the sum
  /// of the items.
  private func isOnePart<ID>() -> Bool where Part == CheckList<ID>.Choice {
    was.isAll || theirs.isAll || mine.isAll
  }

  private func parts<ID>(of id: ID) -> ThreeParts<Bounds?> where Part == CheckList<ID>.Choice {
    ThreeParts<Bounds?>(self) { $0.held[id] }
  }

  fileprivate func merged<ID>(taking side: ConflictSide) -> Part where Part == CheckList<ID>.Choice {
    guard !isOnePart() else { return merge(taking: side) }
    var merged = mine
    for id in theirs.ids.union(was.ids).union(mine.ids) {
      merged.held[id] = parts(of: id).merge(taking: side)
    }
    return merged
  }

  /// The rows that any version has, each with its ticks.
  fileprivate func rows<ID>(_ items: [CheckList<ID>.Item], _ clock: Clock) -> [ConflictRow]
  where Part == CheckList<ID>.Choice {
    guard !isOnePart() else {
      return [ConflictRow("What is chosen", self) { $0.isAll ? "all" : "\($0.ids.count) ticked" }]
    }
    let ids = theirs.ids.union(mine.ids).union(was.ids)
    return items.filter { ids.contains($0.id) }.map { item in
      ConflictRow(item.title, parts(of: item.id)) { bounds in
        guard let bounds else { return "[ ]" }
        return bounds.isAlways ? "[x]" : "[x] " + clock.range(bounds)
      }
    }
  }
}
