package import Terminal

/// The names that a document of settings may use: pages with their actions, lists with their columns, zones.
package struct ConfigVocabulary: Sendable {
  /// An action of a page, with its usual keys.
  package struct Action: Hashable, Sendable {
    package let id: String
    package let keys: [Key]
    /// The heading of the help page under which the action stands.
    package let group: String
    package let help: String
  }

  package struct Column: Hashable, Sendable {
    package let id: String
    package let title: String
  }

  /// A page of the console. A page that is a list has columns.
  package struct Page: Hashable, Sendable {
    package let name: String
    package internal(set) var actions: [Action] = []
    package internal(set) var columns: [Column] = []

    /// The column by which people know the rows, and which always stays.
    package var naming: Column? { columns.first { $0.id == "name" } ?? columns.first }
  }

  package let pages: [Page]
  package let timeZones: TimeZoneNames

  package init(timeZones: TimeZoneNames) {
    pages = Self.read(String(decoding: PackageResources.pages_tsv, as: UTF8.self))
    self.timeZones = timeZones
  }

  /// The time zones that the machine knows.
  package struct TimeZoneNames: Sendable {
    package let isKnown: @Sendable (String) -> Bool
    /// The names, to find the one that a person may have meant; empty where the machine has no list of them.
    package let all: @Sendable () -> [String]

    package init(isKnown: @escaping @Sendable (String) -> Bool, all: @escaping @Sendable () -> [String]) {
      self.isKnown = isKnown
      self.all = all
    }
  }

  package var lists: [Page] { pages.filter { !$0.columns.isEmpty } }

  package func page(_ name: String) -> Page? { pages.first { $0.name == name } }

  /// The actions that may be given other keys for every page at once: those that work everywhere, and those that many
  /// pages share, such as moving.
  package var everywhere: [Action] {
    let own = page(KeyAssignments.everywhere)?.actions ?? []
    let shared = pages.flatMap(\.actions).filter { !["This page", "Menu"].contains($0.group) }
    return (own + shared).reduce(into: []) { actions, action in
      if !actions.contains(where: { $0.id == action.id }) { actions.append(action) }
    }
  }

  /// The places at which the console can begin.
  package var startPages: [Place] { [Places.main, Places.security] + SecurityPages.all.map(\.place) }

  /// Reads the table that the tests write of the screens themselves: a line for each action and each column, with its
  /// parts between tabs.
  static func read(_ table: String) -> [Page] {
    var pages: [Page] = []
    for line in table.split(separator: "\n") {
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard parts.count >= 4 else { continue }
      if pages.last?.name != parts[1] { pages.append(Page(name: parts[1])) }
      let index = pages.count - 1
      if parts[0] == "column" {
        pages[index].columns.append(Column(id: parts[2], title: parts[3]))
      } else if parts.count == 6 {
        let keys = parts[3].split(separator: " ").compactMap { Key(written: String($0)) }
        pages[index].actions.append(Action(id: parts[2], keys: keys, group: parts[4], help: parts[5]))
      }
    }
    return pages
  }
}
