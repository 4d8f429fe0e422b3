package import Access
package import Store

/// A list as a file or a command has it: all rows that the filter leaves, and not only those on the screen.
package struct ListExport: Hashable, Sendable {
  package enum List: Hashable, Sendable {
    case accounts(AccountKind, AccountOrder, isDescending: Bool)
    case tokens(TokenSorting)
    case teams, roles, laws
  }

  package enum Format: String, Hashable, Sendable, CaseIterable {
    case csv, json
  }

  package let list: List
  /// The list's filter, as it is typed.
  package let filter: String

  package init(_ list: List, filter: String) {
    self.list = list
    self.filter = filter.allSatisfy(\.isWhitespace) ? "" : filter
  }

  /// The words of the command that prints the list, after the program's name.
  func command(_ format: Format) -> [String] {
    let conditions = filter.isEmpty ? [] : ["--where", filter]
    return [group, "list"] + conditions + order + ["-o", format.rawValue]
  }

  private var group: String {
    switch list {
    case .accounts(let kind, _, _): kind == .user ? "user" : "api-user"
    case .tokens: "token"
    case .teams: "team"
    case .roles: "role"
    case .laws: "law"
    }
  }

  private var order: [String] {
    switch list {
    case .accounts(_, let order, let isDescending):
      (order == .name ? [] : ["--sort", order.rawValue]) + (isDescending ? ["--reverse"] : [])
    case .tokens(let order): order == .user ? [] : ["--sort", order.rawValue]
    case .teams, .roles, .laws: []
    }
  }

  /// As in `api-users.csv`.
  func fileName(_ format: Format) -> String { "\(group)s.\(format.rawValue)" }
}

/// A file into which a list is written.
package struct ListFile: Hashable, Sendable {
  package let export: ListExport
  package let format: ListExport.Format
  package let path: String
  /// Whether a file that is there already is replaced.
  package let isReplacing: Bool
}

/// How writing a list has ended.
package enum ListWritten: Hashable, Sendable {
  case written(rows: Int)
  /// There is a file already. Nothing was written.
  case exists
  /// The person stopped it. No file is left, and one that was to be replaced is as it was.
  case stopped
}

/// Writes a list into a file of the person, row by row. It is called off the main actor, tells the number of rows so
/// far, and stops where the person wants that.
package typealias ListWriting = @Sendable (ListFile, ProgressCount) throws -> ListWritten
