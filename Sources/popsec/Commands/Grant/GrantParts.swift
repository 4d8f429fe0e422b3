import Access
import ArgumentParser
import Store

/// The parts of a grant that a command adds or takes away.
struct GrantParts: ParsableArguments {
  @Option(
    help: ArgumentHelp("A connector role, such as User; may be given again.", valueName: "name"),
    completion: .names(.connectorRoles))
  var role: [String] = []

  @Option(
    help: ArgumentHelp("A company; may be given again.", valueName: "name"), completion: .names(.companies))
  var company: [String] = []

  @Flag(help: "All companies, also those added later.")
  var allCompanies = false

  @Option(help: ArgumentHelp("A list; may be given again.", valueName: "name"), completion: .names(.lists))
  var list: [String] = []

  @Option(
    help: ArgumentHelp("The lists that a group has now; may be given again.", valueName: "name"),
    completion: .names(.groups))
  var group: [String] = []

  @Flag(help: "All lists, also those added later.")
  var allLists = false

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

  var isEmpty: Bool {
    [role, company, list, group, action, detail, listAction].allSatisfy(\.isEmpty)
      && ![allCompanies, allLists, allActions, allDetails, allListActions].contains(true)
  }

  func validate() throws {
    let alls: [(Bool, [String], String)] = [
      (allCompanies, company, "companies"), (allLists, list + group, "lists"),
      (allActions, action, "actions"),
      (allDetails, detail, "details"), (allListActions, listAction, "list actions"),
    ]
    for (isAll, named, things) in alls where isAll && !named.isEmpty {
      throw ValidationError("give all \(things) or name some, not both")
    }
  }

  /// Finds the parts in a connector's catalogue.
  ///
  /// Errors: ``Trouble`` for a name that the connector does not have, and for an item that can be read in
  /// several ways.
  func choice(in catalogue: ConnectorCatalogue, _ finder: Finder) throws -> GrantChoice {
    let parts = CatalogueParts(catalogue: catalogue, finder: finder)
    let lists = try list.map(parts.list) + group.flatMap(parts.lists(ofGroup:))
    let items: [(ItemKind, isAll: Bool, [String])] = [
      (.action, allActions, action), (.detail, allDetails, detail), (.listAction, allListActions, listAction),
    ]
    var choice = GrantChoice(
      roles: Set(try role.map(parts.role)),
      companies: allCompanies ? .all : .only(Set(try company.map(parts.company))),
      lists: allLists ? .all : .only(Set(lists)))
    for (kind, isAll, names) in items where isAll || !names.isEmpty {
      choice.items[kind] = isAll ? .all : .only(Set(try names.map { try parts.item($0, kind) }))
    }
    return choice
  }
}
