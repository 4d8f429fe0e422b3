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

  @OptionGroup var items: ItemOptions

  var isEmpty: Bool {
    [role, company, list, group].allSatisfy(\.isEmpty) && !allCompanies && !allLists && items.named.isEmpty
  }

  func validate() throws {
    let alls: [(Bool, [String], String)] = [
      (allCompanies, company, "companies"), (allLists, list + group, "lists"),
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
    var choice = GrantChoice(
      roles: Set(try role.map(parts.role)),
      companies: allCompanies ? .all : .only(Set(try company.map(parts.company))),
      lists: allLists ? .all : .only(Set(lists)))
    for (kind, named) in items.named {
      choice.items[kind] = named.isAll ? .all : .only(Set(try named.names.map { try parts.item($0, kind) }))
    }
    return choice
  }
}
