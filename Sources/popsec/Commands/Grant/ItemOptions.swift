import Access
import ArgumentParser

/// The items of lists that a command names, of a grant or of a law.
struct ItemOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("An action, as in 'Sales Orders: Release'; may be given again.", valueName: "item"),
    completion: .names(.listItems(.action)))
  var action: [String] = []

  @Flag(help: "All actions of the lists.")
  var allActions = false

  @Option(
    help: ArgumentHelp("A detail, written as for --action; may be given again.", valueName: "item"),
    completion: .names(.listItems(.detail)))
  var detail: [String] = []

  @Flag(help: "All details of the lists.")
  var allDetails = false

  @Option(
    help: ArgumentHelp("A list action, written as for --action; may be given again.", valueName: "item"),
    completion: .names(.listItems(.listAction)))
  var listAction: [String] = []

  @Flag(help: "All list actions of the lists.")
  var allListActions = false

  /// The items of each kind of which some are named.
  var named: [ItemKind: NamedItems] { NamedItems.given(all) }

  private var all: [ItemKind: NamedItems] {
    [
      .action: NamedItems(isAll: allActions, names: action),
      .detail: NamedItems(isAll: allDetails, names: detail),
      .listAction: NamedItems(isAll: allListActions, names: listAction),
    ]
  }

  func validate() throws { try NamedItems.validate(all) }
}

/// The items of one kind as arguments name them.
struct NamedItems {
  let isAll: Bool
  let names: [String]

  private var isEmpty: Bool { !isAll && names.isEmpty }

  /// The kinds of which some are named.
  static func given(_ all: [ItemKind: Self]) -> [ItemKind: Self] { all.filter { !$0.value.isEmpty } }

  static func validate(_ all: [ItemKind: Self]) throws {
    for kind in ItemKind.allCases {
      guard let items = all[kind], items.isAll, !items.names.isEmpty else { continue }
      throw ValidationError("give all \(kind.title.lowercased()) or name some, not both")
    }
  }
}
