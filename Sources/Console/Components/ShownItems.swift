internal import Store

/// The items in groups that match a filter, as their numbers. Names are folded only once, and a longer filter
/// looks only at what matched before. Otherwise each letter would be slow with thousands of items.
struct ShownItems: Hashable, Sendable {
  enum Line: Hashable, Sendable {
    /// A heading, with the number of the first item under it.
    case group(Int)
    case item(Int)
  }

  /// The lines in order, each group under its heading.
  private(set) var lines: [Line] = []
  /// The items of each group.
  private(set) var members: [String: [Int]] = [:]
  private let groups: [String]
  private let titles: [String]
  private let foldedGroups: [String]
  private var numbers: [Int]
  private var search: SearchText?
  /// The only items that are shown, whatever the filter; nil for all of them.
  private var only: Set<Int>?

  init(_ items: [(title: String, group: String)]) {
    titles = items.map { SearchText.fold($0.title) }
    groups = items.map(\.group)
    let names = Set(groups).map { ($0, SearchText.fold($0)) }
    let folded = Dictionary(uniqueKeysWithValues: names)
    foldedGroups = groups.map { folded[$0] ?? "" }
    numbers = Array(items.indices)
    arrange()
  }

  mutating func narrow(to filter: String) {
    let next = SearchText(filter)
    guard next != search else { return }
    // A name that contains a text also contains each part of the text, so the former matches suffice.
    let isNarrower = next.map { next in search?.matches(folded: next.folded) ?? true } ?? false
    look(through: isNarrower ? numbers : Array(titles.indices), for: next)
  }

  /// Shows only some of the items, or all of them.
  mutating func limit(to only: Set<Int>?) {
    guard only != self.only else { return }
    self.only = only
    look(through: Array(titles.indices), for: search)
  }

  private mutating func look(through looked: [Int], for next: SearchText?) {
    search = next
    numbers = looked.filter { number in
      guard only?.contains(number) ?? true else { return false }
      return next.map { $0.matches(folded: titles[number]) || $0.matches(folded: foldedGroups[number]) }
        ?? true
    }
    arrange()
  }

  private mutating func arrange() {
    lines = []
    lines.reserveCapacity(numbers.count + 8)
    members = [:]
    var open = ""
    for number in numbers {
      let group = groups[number]
      if group != open, !group.isEmpty { lines.append(.group(number)) }
      open = group
      lines.append(.item(number))
      if !group.isEmpty { members[group, default: []].append(number) }
    }
  }
}
