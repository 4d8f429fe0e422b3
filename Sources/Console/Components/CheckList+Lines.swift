private import Store
private import Terminal

/// The lines of a check list.
extension CheckList {
  /// The lines that the filter leaves, each group under its heading.
  var lines: [Line] {
    var lines: [Line] = allLabel == nil || !filter.text.isEmpty ? [] : [.all, .only]
    var group = ""
    for (index, item) in items.enumerated() where matches(item) {
      if item.group != group, !item.group.isEmpty { lines.append(.group(item.group)) }
      group = item.group
      lines.append(.item(index))
    }
    return lines
  }

  var selectedLine: Line? {
    let lines = lines
    return lines.indices.contains(selection) ? lines[selection] : nil
  }

  /// The item of the selected line.
  package var selectedItem: Item? {
    guard case .item(let index) = selectedLine else { return nil }
    return items[index]
  }

  private func matches(_ item: Item) -> Bool {
    guard let search = SearchText(filter.text) else { return true }
    return search.matches(item.title) || search.matches(item.group)
  }

  /// The members of a group that the filter leaves.
  func members(of group: String) -> Set<ID> {
    Set(items.filter { $0.group == group && matches($0) }.map(\.id))
  }

  /// Such as `3 of 40`, or `all`.
  package var count: String {
    if choice.isAll { return "all" }
    return "\(choice.ids.count) of \(items.count)"
  }

  func mark(_ line: Line) -> String {
    switch line {
    case .all: choice.isAll ? "(•)" : "( )"
    case .only: choice.isAll ? "( )" : "(•)"
    case .item(let index): choice.ids.contains(items[index].id) ? "[x]" : "[ ]"
    case .group(let name): groupMark(members(of: name))
    }
  }

  private func groupMark(_ members: Set<ID>) -> String {
    let ticked = members.intersection(choice.ids).count
    return ticked == 0 ? "[ ]" : ticked == members.count ? "[x]" : "[-]"
  }

  func isChanged(_ line: Line) -> Bool {
    switch line {
    case .all, .only: choice.isAll != saved.isAll
    case .item(let index): choice.ids.contains(items[index].id) != saved.ids.contains(items[index].id)
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

  /// What stands muted behind a line's title.
  func detail(_ line: Line) -> String {
    switch line {
    case .all, .only: return ""
    case .item(let index): return items[index].detail
    case .group(let name):
      let members = members(of: name)
      return "\(members.intersection(choice.ids).count) of \(members.count)"
    }
  }
}
