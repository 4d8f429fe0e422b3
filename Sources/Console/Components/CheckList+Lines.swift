import Access
private import Terminal

/// The lines of a check list.
extension CheckList {
  /// The choices before the groups and items.
  private var choices: [Line] { allLabel == nil || !filter.text.isEmpty ? [] : [.all, .only] }

  var lineCount: Int { choices.count + shown.lines.count }

  /// The lines that match the filter, each group under its heading, from `first` on and at most `limit`.
  func lines(from first: Int, limit: Int) -> [Line] {
    (max(0, first)..<max(0, first, min(first + limit, lineCount))).map(line)
  }

  private func line(_ index: Int) -> Line {
    if index < choices.count { return choices[index] }
    switch shown.lines[index - choices.count] {
    case .group(let number): return .group(items[number].group)
    case .item(let number): return .item(number)
    }
  }

  func index(of line: Line) -> Int? {
    if let index = choices.firstIndex(of: line) { return index }
    let found = shown.lines.firstIndex { shown in
      switch (shown, line) {
      case (.item(let number), .item(let wanted)): number == wanted
      case (.group(let number), .group(let name)): items[number].group == name
      default: false
      }
    }
    return found.map { $0 + choices.count }
  }

  var selectedLine: Line? { (0..<lineCount).contains(selection) ? line(selection) : nil }

  /// The line to begin on: the first chosen item, otherwise the first item. On a heading, or *All*, the first
  /// key would tick many rows.
  var start: Int {
    let lines = lines(from: 0, limit: lineCount)
    if choice.isAll, let index = lines.firstIndex(of: .all) { return index }
    let items = lines.indices.filter { if case .item = lines[$0] { true } else { false } }
    return items.first { mark(lines[$0]) == "[x]" } ?? items.first ?? 0
  }

  /// The item of the selected line.
  package var selectedItem: Item? {
    guard case .item(let index) = selectedLine else { return nil }
    return items[index]
  }

  /// The members of a group that match the filter.
  func members(of group: String) -> Set<ID> { Set((shown.members[group] ?? []).map { items[$0].id }) }

  /// The number of chosen items, such as `3 of 40`, or `all`.
  package var count: String {
    if choice.isAll { return "all" }
    return "\(choice.held.count) of \(items.count)"
  }

  func mark(_ line: Line) -> String {
    switch line {
    case .all: choice.isAll ? "(•)" : "( )"
    case .only: choice.isAll ? "( )" : "(•)"
    case .item(let index): choice.held.contains(items[index].id) ? "[x]" : "[ ]"
    case .group(let name): groupMark(tally(name).ticked, of: tally(name).total)
    }
  }

  /// The mark of a group of which a number of items is ticked. Items that are hidden by the look at what is given count,
  /// so that a part of a group never looks like the whole.
  private func groupMark(_ ticked: Int, of total: Int) -> String {
    ticked == 0 ? "[ ]" : ticked == total ? "[x]" : "[-]"
  }

  private func tally(_ group: String) -> (ticked: Int, total: Int) {
    let members = members(of: group)
    let total = isOnlyGiven ? items.count { $0.group == group } : members.count
    return (members.count(where: choice.held.contains), total)
  }

  func isChanged(_ line: Line) -> Bool {
    switch line {
    case .all, .only: choice.isAll != saved.isAll
    case .item(let index): choice.held[items[index].id] != saved.held[items[index].id]
    case .group: false
    }
  }

  func title(_ line: Line) -> String {
    switch line {
    case .all: allLabel ?? ""
    case .only: allLabel == nil ? "" : onlyLabel
    case .group(let name): name
    case .item(let index): items[index].title
    }
  }

  /// When the item of a line counts; nil where it has no bounds.
  func bounds(_ line: Line) -> Bounds? {
    guard case .item(let index) = line, !choice.isAll else { return nil }
    return choice.held[items[index].id].flatMap { $0.isAlways ? nil : $0 }
  }

  /// The muted text after a line's title.
  func detail(_ line: Line) -> String {
    switch line {
    case .all, .only: return ""
    case .item(let index): return items[index].detail
    case .group(let name):
      let (ticked, total) = tally(name)
      return "\(ticked) of \(total)"
    }
  }
}
