package import Access
package import Terminal

/// Rows to tick, in groups. Some lists offer *All* as a choice of its own.
package struct CheckList<ID: Hashable & Sendable>: Hashable, Sendable {
  package struct Item: Hashable, Sendable {
    package let id: ID
    package let title: String
    /// More about the item, drawn muted.
    package let detail: String
    /// The group under whose heading the item stands; empty for none.
    package let group: String

    package init(_ id: ID, _ title: String, detail: String = "", group: String = "") {
      self.id = id
      self.title = title
      self.detail = detail
      self.group = group
    }
  }

  /// The chosen items: all, including those that are added later, or a set, each with the bounds within which it
  /// counts.
  package struct Choice: Hashable, Sendable {
    package var isAll: Bool
    package var held: BoundedSet<ID>

    /// Items that are chosen anew have no bounds.
    package var ids: Set<ID> {
      get { held.elements }
      set { held = held.keeping(newValue) }
    }

    package init(isAll: Bool = false, ids: Set<ID> = []) { self.init(isAll: isAll, held: BoundedSet(ids)) }

    package init(isAll: Bool = false, held: BoundedSet<ID>) {
      self.isAll = isAll
      self.held = held
    }
  }

  package enum Message: Hashable, Sendable {
    case up, down, pageUp, pageDown, halfPageUp, halfPageDown, first, last, scroll(Int)
    /// Toggles the selected line.
    case toggle
    /// A click on a line.
    case press(Line)
    case filter(FilterLine.Message)
    /// Shows only the rows that are given, or all rows again.
    case onlyGiven
  }

  /// A line of the list.
  package enum Line: Hashable, Sendable {
    case all, only
    case group(String)
    case item(Int)
  }

  /// The change that a message made. ``Reply/isChanged`` is false where it made none.
  package struct Reply: Hashable, Sendable {
    package var added: Set<ID> = []
    package var removed: Set<ID> = []
    package var isAllChanged = false
    package var isChanged: Bool { isAllChanged || !added.isEmpty || !removed.isEmpty }
  }

  package let items: [Item]
  /// The text of the line *All*; nil where the list has no such line.
  package let allLabel: String?
  package let onlyLabel: String
  package let emptyText: String
  package var isEditable: Bool
  package private(set) var filter = FilterLine(placeholder: "part of the name")
  /// The items that match the filter, computed once for each text of the filter.
  private(set) var shown: ShownItems
  /// Whether only the rows are shown that are ticked, or whose tick is changed and not saved.
  package private(set) var isOnlyGiven = false
  /// The present choice.
  package var choice: Choice
  /// The choice when it was last saved. Items that differ are marked with `*`.
  package var saved: Choice
  var selection = 0
  var top = 0
  var height = 20

  package init(
    items: [Item], choice: Choice, allLabel: String? = "All, those added later too",
    onlyLabel: String = "Only these:", emptyText: String = "There is nothing to choose from.",
    isEditable: Bool = true
  ) {
    self.items = items
    self.choice = choice
    saved = choice
    self.allLabel = allLabel
    self.onlyLabel = onlyLabel
    self.emptyText = emptyText
    self.isEditable = isEditable
    shown = ShownItems(items.map { (title: $0.title, group: $0.group) })
    selection = start
  }

  package var isChanged: Bool { choice != saved }
  package var isTyping: Bool { filter.isOpen }

  package mutating func update(_ message: Message) -> Reply {
    switch message {
    case .up: move(by: -1)
    case .down: move(by: 1)
    case .pageUp: move(by: -height)
    case .pageDown: move(by: height)
    case .halfPageUp: move(by: -max(1, height / 2))
    case .halfPageDown: move(by: max(1, height / 2))
    case .first: move(by: -lineCount)
    case .last: move(by: lineCount)
    case .scroll(let count): scroll(by: count)
    case .toggle: return selectedLine.map { toggle($0) } ?? Reply()
    case .press(let line):
      selection = index(of: line) ?? selection
      return toggle(line)
    case .filter(let message): refilter(message)
    case .onlyGiven:
      let line = selectedLine
      isOnlyGiven.toggle()
      limit()
      selection = line.flatMap { index(of: $0) } ?? start
      showSelection()
    }
    return Reply()
  }

  /// Shows the rows that are given now. A row that is unticked later stays, so that its tick can be put back.
  private mutating func limit() {
    let isOn = isOnlyGiven && !choice.isAll
    shown.limit(
      to: isOn
        ? Set(
          items.indices.filter { choice.held.contains(items[$0].id) || saved.held.contains(items[$0].id) })
        : nil)
  }

  private mutating func refilter(_ message: FilterLine.Message) {
    let line = selectedLine
    guard filter.update(message) else { return }
    shown.narrow(to: filter.text)
    selection = line.flatMap { index(of: $0) } ?? start
    showSelection()
  }

  private mutating func move(by count: Int) {
    selection = max(0, min(selection + count, lineCount - 1))
    showSelection()
  }

  private mutating func scroll(by count: Int) {
    let lines = lineCount
    top = max(0, min(top + count, lines - height))
    selection = max(0, min(max(selection, top), min(lines, top + height) - 1))
  }

  private mutating func showSelection() {
    if selection < top { top = selection }
    if selection >= top + height { top = selection - height + 1 }
    top = max(0, min(top, lineCount - height))
  }

  private mutating func toggle(_ line: Line) -> Reply {
    guard isEditable else { return Reply() }
    let before = choice
    switch line {
    case .all: if allLabel != nil { choice.isAll = true }
    case .only: choice.isAll = false
    case .group(let name): toggleGroup(name)
    case .item(let index): toggle(items[index].id)
    }
    restoreBounds(of: choice.ids.subtracting(before.ids))
    return Reply(
      added: choice.ids.subtracting(before.ids), removed: before.ids.subtracting(choice.ids),
      isAllChanged: before.isAll != choice.isAll)
  }

  /// What is ticked again has the bounds that are saved, so that nothing changes by ticking twice.
  private mutating func restoreBounds(of ids: Set<ID>) {
    for id in ids { choice.held[id] = saved.held[id] ?? .always }
  }

  /// Sets when an item counts that is ticked.
  package mutating func bound(_ id: ID, _ bounds: Bounds) {
    if isEditable, choice.held.contains(id) { choice.held[id] = bounds }
  }

  /// Ticks or unticks an item. This always makes the choice a set.
  private mutating func toggle(_ id: ID) {
    choice.isAll = false
    choice.ids.formSymmetricDifference([id])
  }

  private mutating func toggleGroup(_ name: String) {
    choice.isAll = false
    let members = members(of: name)
    if members.isSubset(of: choice.ids) {
      choice.ids.subtract(members)
    } else {
      choice.ids.formUnion(members)
    }
  }

  /// Ticks an item that can be ticked and is not yet, and selects its line.
  package mutating func tick(_ id: ID) {
    guard let index = items.firstIndex(where: { $0.id == id }) else { return }
    if isEditable, !choice.isAll, !choice.held.contains(id) {
      choice.ids.insert(id)
      restoreBounds(of: [id])
    }
    selection = self.index(of: .item(index)) ?? selection
    showSelection()
  }

  /// Tells the list how many lines are visible.
  package mutating func layout(in bounds: Rect) {
    height = max(1, bounds.rows - 1)
    showSelection()
  }

  /// Takes the position of another list, for example after the items were read again.
  package mutating func keepPosition(of other: CheckList?) {
    guard let other else { return }
    filter = other.filter
    shown.narrow(to: filter.text)
    isOnlyGiven = other.isOnlyGiven
    limit()
    selection = other.selection
    top = other.top
  }
}
