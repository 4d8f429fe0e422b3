package import Terminal

/// A person's own settings of the console. The value is checked: every page, action, column and key exists, and no two
/// actions of a page have the same key.
package struct ConsoleConfig: Hashable, Sendable {
  /// A filter that is kept under a letter.
  package struct View: Hashable, Sendable {
    package let letter: Character
    package let name: String
    /// The filter, as it is typed in the list.
    package let filter: String
    /// The id of the column by which the rows are ordered; nil for the list's usual order.
    package let order: String?
    package let isDescending: Bool

    package init(
      letter: Character, name: String, filter: String, order: String? = nil, isDescending: Bool = false
    ) {
      self.letter = letter
      self.name = name
      self.filter = filter
      self.order = order
      self.isDescending = isDescending
    }
  }

  /// The form in which the console copies a row.
  package enum RowFormat: String, Sendable, CaseIterable {
    case yaml, json
    /// The command that makes the row.
    case command

    /// The word for no choice yet: the console asks once, and keeps the answer.
    static let asking = "ask"
    /// All words of the setting.
    static let words = allCases.map(\.rawValue) + [asking]
  }

  package var theme = ColorTheme.terminal
  /// The page that the console opens; nil for the main menu.
  package var startPage: Place?
  /// The name of the zone in which times are shown; nil for the zone of the machine.
  package var timeZone: String?
  /// The form in which rows are copied; nil for asking.
  package var copyRowAs: RowFormat?
  package var keys = KeyAssignments()
  /// The ids of the columns, in their order, by the name of the list.
  package var columns: [String: [String]] = [:]
  /// The views by the name of the list, in the order of the document.
  package var views: [String: [View]] = [:]

  package static let standard = ConsoleConfig()

  package init() {}

  /// The views of a list, in the order of the document.
  package func views(of list: String) -> [View] { views[list] ?? [] }
}
