private import Store
package import Terminal

/// The pages of a thing at the left, in sections such as *Connectors*.
package struct NavigationPane<ID: Hashable & Sendable>: Hashable, Sendable {
  /// A line of the pane.
  package struct Entry: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
      /// Words above other lines, which can't be selected.
      case heading
      case page
      /// A line that can be folded. Its pages follow it, one level deeper.
      case branch
    }

    package let id: ID?
    package let title: String
    package let kind: Kind
    /// The depth of the line. The deeper lines after a branch belong to the branch.
    package let level: Int
    /// A muted text at the right, such as the number of things that are set.
    package var count: String

    private init(_ id: ID?, _ title: String, _ kind: Kind, level: Int, count: String) {
      self.id = id
      self.title = title
      self.kind = kind
      self.level = level
      self.count = count
    }

    package static func heading(_ title: String) -> Entry {
      Entry(nil, title, .heading, level: 0, count: "")
    }
    package static func page(
      _ id: ID, _ title: String, level: Int = 0, count: String = ""
    ) -> Entry {
      Entry(id, title, .page, level: level, count: count)
    }
    package static func branch(
      _ id: ID, _ title: String, level: Int = 0, count: String = ""
    ) -> Entry {
      Entry(id, title, .branch, level: level, count: count)
    }
  }

  package enum Message: Hashable, Sendable {
    case up, down, pageUp, pageDown, first, last, scroll(Int)
    /// Opens the selected page, or folds the selected branch.
    case activate
    /// A click on a line.
    case press(ID)
    case fold, unfold
    /// Opens the page after the current one, or before.
    case next, previous
    case filter(FilterLine.Message)
  }

  package var entries: [Entry] { didSet { select(selected) } }
  /// The pages with unsaved changes, which are marked by `*`.
  package var changed: Set<ID> = []
  /// The page that is shown at the right.
  package var current: ID?
  /// Branches whose pages are folded away.
  package var folded: Set<ID> = []
  /// The line to which the next Enter applies.
  package private(set) var selected: ID?
  /// The page that is selected; nil where a branch is.
  package var selectedPage: ID? {
    entries.first { $0.id == selected && $0.kind == .page }?.id
  }
  package private(set) var filter = FilterLine(placeholder: "part of the name")
  var top = 0
  private var rows = 20
  /// With more branches than this number, the pane says that it can be filtered.
  static var manyBranches: Int { 5 }

  package init(_ entries: [Entry], current: ID) {
    self.entries = entries
    self.current = current
    selected = current
  }

  /// Handles a message. Returns the id of the page to open, if there is one.
  package mutating func update(_ message: Message) -> ID? {
    switch message {
    case .up: move(by: -1)
    case .down: move(by: 1)
    case .pageUp: move(by: -height)
    case .pageDown: move(by: height)
    case .first: select(stops.first)
    case .last: select(stops.last)
    case .scroll(let count): top = max(0, min(top + count, visible.count - height))
    case .activate: return selected.flatMap { press($0) }
    case .press(let id): return press(id)
    case .fold: fold(true)
    case .unfold: fold(false)
    case .next: return turn(by: 1)
    case .previous: return turn(by: -1)
    case .filter(let message):
      if filter.update(message) { top = 0 }
      select(selected)
    }
    return nil
  }

  package var isTyping: Bool { filter.isOpen }

  /// The number of visible lines.
  var height: Int { max(1, rows - (filter.isShown ? 1 : 0)) }

  /// The lines that are hidden neither by the filter nor by a fold.
  package var visible: [Entry] {
    var hiddenBelow: Int?
    return matching.filter { entry in
      if let level = hiddenBelow, entry.level > level { return false }
      hiddenBelow = entry.kind == .branch && isFolded(entry) ? entry.level : nil
      return true
    }
  }

  /// The lines that match the filter: pages and branches by their titles, all pages of a matching branch, and
  /// the headings above.
  private var matching: [Entry] {
    guard let search = SearchText(filter.text) else { return entries }
    var result: [Entry] = []
    var heading: Entry?
    var keptLevel: Int?
    for entry in entries {
      if entry.kind == .heading {
        (heading, keptLevel) = (entry, nil)
        continue
      }
      if keptLevel.map({ entry.level <= $0 }) ?? true {
        keptLevel = nil
        guard search.matches(entry.title) else { continue }
        if entry.kind == .branch { keptLevel = entry.level }
      }
      if let above = heading { result.append(above) }
      heading = nil
      result.append(entry)
    }
    return result
  }

  func isFolded(_ entry: Entry) -> Bool { entry.id.map(folded.contains) ?? false }

  private var stops: [ID] { visible.compactMap(\.id) }

  private mutating func move(by step: Int) {
    let stops = stops
    guard let at = stops.firstIndex(where: { $0 == selected }) else { return select(stops.first) }
    select(stops[max(0, min(at + step, stops.count - 1))])
  }

  /// Selects a line, or the first where there is no such line.
  package mutating func select(_ id: ID?) {
    selected = id.flatMap { stops.contains($0) ? $0 : nil } ?? stops.first
    guard let line = visible.firstIndex(where: { $0.id == selected && $0.id != nil }) else { return }
    if line < top { top = line }
    if line >= top + height { top = line - height + 1 }
  }

  private mutating func press(_ id: ID) -> ID? {
    select(id)
    guard let entry = entries.first(where: { $0.id == id }) else { return nil }
    guard entry.kind == .branch else {
      current = id
      return id
    }
    folded.formSymmetricDifference([id])
    return nil
  }

  /// Opens the page that many pages after the current one, in a folded branch, too.
  private mutating func turn(by step: Int) -> ID? {
    let pages = entries.indices.filter { entries[$0].kind == .page }
    guard let at = pages.firstIndex(where: { entries[$0].id == current }), pages.indices.contains(at + step)
    else { return nil }
    let (index, page) = (pages[at + step], entries[pages[at + step]])
    let branch = entries[..<index].last { $0.kind == .branch && $0.level < page.level }
    branch?.id.map { _ = folded.remove($0) }
    select(page.id)
    current = page.id
    return page.id
  }

  private mutating func fold(_ isFolded: Bool) {
    guard let selected, let entry = entries.first(where: { $0.id == selected }), entry.kind == .branch
    else { return }
    if isFolded { folded.insert(selected) } else { folded.remove(selected) }
  }

  /// Tells the pane how many lines are visible.
  package mutating func layout(in bounds: Rect) {
    rows = bounds.rows
    top = max(0, min(top, visible.count - height))
    select(selected)
  }
}
