package import Terminal

/// The keys and the drawing of the pane.
extension NavigationPane {
  package var bindings: [KeyBinding<Message>] {
    filterBindings + [
      activation,
      KeyBinding(.down, "j", .control("n"), hint: "down", group: "Pages", isHinted: false, message: .down),
      KeyBinding(.up, "k", .control("p"), hint: "up", group: "Pages", isHinted: false, message: .up),
      KeyBinding(
        .pageDown, .control("f"), hint: "page down", group: "Pages", isHinted: false, message: .pageDown),
      KeyBinding(.pageUp, .control("b"), hint: "page up", group: "Pages", isHinted: false, message: .pageUp),
      KeyBinding(.home, "g", hint: "first", group: "Pages", isHinted: false, message: .first),
      KeyBinding(.end, "G", hint: "last", group: "Pages", isHinted: false, message: .last),
      KeyBinding("-", hint: "fold", group: "Pages", isHinted: false, message: .fold),
      KeyBinding("+", hint: "unfold", group: "Pages", isHinted: false, message: .unfold),
    ]
  }

  /// The keys that turn to another page, also where the page has the keys.
  package var turning: [KeyBinding<Message>] {
    [
      KeyBinding("]", hint: "next page", group: "Pages", isHinted: false, message: .next),
      KeyBinding("[", hint: "page before", group: "Pages", isHinted: false, message: .previous),
    ]
  }

  /// Enter gives the page the keys, which the pane shows already, or folds a branch.
  private var activation: KeyBinding<Message> {
    let isPage = selectedPage != nil
    let fold = selected.map(folded.contains) ?? false ? "unfold" : "fold"
    return KeyBinding(
      .enter, " ", hint: isPage ? "to the page" : fold, help: isPage ? "go to the page" : "\(fold) the pages",
      group: "Pages", message: .activate
    ).named("activate")
  }

  private var filterBindings: [KeyBinding<Message>] {
    let isHinted = filter.isShown || entries.count { $0.kind == .branch } > Self.manyBranches
    return filter.bindings.map { binding in
      var binding = binding.map { Message.filter($0) }
      binding.isHinted = isHinted
      return binding
    }
  }

  /// The message for what was typed, for ``Screen/typed(_:)``.
  package func typed(_ input: TextInput) -> Message? { filter.typed(input).map { .filter($0) } }

  package func draw(in rect: Rect, on frame: inout Frame<Message>, isFocused: Bool) {
    frame.wheel(rect, up: .scroll(-3), down: .scroll(3))
    if filter.isShown {
      let line = rect.splitTop(rect.rows - 1).rest
      frame.child(line, { .filter($0) }) { filter.draw(in: line, on: &$0) }
    }
    let visible = visible
    if visible.isEmpty { frame.put("  nothing matches", in: rect, style: .muted) }
    for (offset, entry) in visible.dropFirst(top).prefix(height).enumerated() {
      let area = Rect(column: rect.column, row: rect.row + offset, columns: rect.columns, rows: 1)
      draw(entry, in: area, on: &frame, isFocused: isFocused)
    }
  }

  private func draw(_ entry: Entry, in area: Rect, on frame: inout Frame<Message>, isFocused: Bool) {
    let isCurrent = entry.kind == .page && entry.id == current
    let style: Style = entry.kind == .heading ? Style(.muted, .bold) : isCurrent ? .bold : .plain
    let isChanged = isChanged(entry)
    let count = entry.count + (isChanged ? " *" : "  ")
    let (left, right) = area.splitLeft(area.columns - cellWidth(of: count))
    let title = fit(lead(entry, isCurrent) + entry.title, columns: left.columns - 1)
    frame.put(title, in: left, style: style)
    frame.put(count, in: right, style: isChanged ? Style(.warning) : .muted)
    guard let id = entry.id else { return }
    frame.clickable(area, .press(id))
    guard id == selected, isFocused else { return }
    frame.restyle(area) { Style(.plain, $0.attributes) }
    frame.select(area)
  }

  /// Whether a page has unsaved changes, or a page of a folded branch has.
  private func isChanged(_ entry: Entry) -> Bool {
    guard !changed.isEmpty, let id = entry.id else { return false }
    guard entry.kind == .branch, isFolded(entry), let at = entries.firstIndex(of: entry) else {
      return changed.contains(id)
    }
    return entries[(at + 1)...].prefix { $0.level > entry.level }.contains {
      $0.id.map(changed.contains) ?? false
    }
  }

  /// The mark before a title, which shows the current page, or whether a branch is folded.
  private func lead(_ entry: Entry, _ isCurrent: Bool) -> String {
    let indent = String(repeating: "  ", count: entry.level)
    switch entry.kind {
    case .heading: return indent + " "
    case .page: return indent + (isCurrent ? "▸ " : "  ")
    case .branch: return indent + (isFolded(entry) ? "+ " : "- ")
    }
  }
}
