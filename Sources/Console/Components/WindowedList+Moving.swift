package import Terminal

/// Moving through the rows.
extension WindowedList {
  mutating func move(by count: Int) -> Reply {
    guard !rows.isEmpty else { return Reply() }
    let wanted = selection + count
    selection = min(max(0, wanted), rows.count - 1)
    pendingMove = 0
    if wanted > selection, hasAfter { pendingMove = wanted - selection }
    if wanted < selection, hasBefore { pendingMove = wanted - selection }
    showSelection()
    return Reply(request: prefetch())
  }

  /// Moves the selection together with the visible rows.
  mutating func turn(by count: Int) -> Reply {
    let before = selection
    let reply = move(by: count)
    top = clampedTop(top + selection - before)
    showSelection()
    return reply
  }

  /// Moves the visible rows; the selection stays on its row where possible.
  mutating func scroll(by count: Int) -> Reply {
    guard !rows.isEmpty else { return Reply() }
    top = clampedTop(top + count)
    selection = min(max(selection, top), min(rows.count, top + height) - 1)
    return Reply(request: prefetch())
  }

  mutating func goToFirst() -> Reply {
    guard hasBefore else { return move(by: -rows.count) }
    return Reply(request: request(.page(.first), .jump))
  }

  mutating func goToLast() -> Reply {
    guard hasAfter else { return move(by: rows.count) }
    return Reply(request: request(.page(.last), .jump))
  }

  func clampedTop(_ wanted: Int) -> Int { max(0, min(wanted, rows.count - height)) }

  mutating func showSelection() {
    if selection < top { top = selection }
    if selection >= top + height { top = selection - height + 1 }
    top = clampedTop(top)
  }

  /// Tells the list how many rows are visible now.
  package mutating func layout(in bounds: Rect) -> Reply {
    height = max(1, bounds.rows - headerRows)
    width = bounds.columns
    showSelection()
    return Reply(request: isLoaded ? prefetch() : nil)
  }
}
