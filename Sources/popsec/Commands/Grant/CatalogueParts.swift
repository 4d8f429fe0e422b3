import Access
import Administration
import Store

/// Finds the parts of a connector by their names. Where nothing has a name, the error suggests the nearest one.
struct CatalogueParts {
  let catalogue: ConnectorCatalogue
  let finder: Finder

  func role(_ argument: String) throws(Trouble) -> ConnectorRole {
    let wanted = argument.lowercased()
    if let role = ConnectorRole.allCases.first(where: { $0.rawValue.lowercased() == wanted }) { return role }
    throw Trouble(
      "there is no connector role named \(quotedExcerpt(argument))",
      hint: "there are \(ConnectorRole.allCases.map(\.rawValue).joined(separator: ", "))",
      exitStatus: .noInput)
  }

  func company(_ argument: String) throws -> CompanyID {
    let name = try Name(argument: argument)
    if let company = catalogue.companyIndex[NameKey(name)] { return company.id }
    throw finder.missing("company of \(place)", name, among: catalogue.companies.map(\.name))
  }

  func list(_ argument: String) throws -> ListID { try list(try Name(argument: argument)) }

  private func list(_ name: Name) throws -> ListID {
    if let list = catalogue.listIndex[NameKey(name)] { return list.id }
    throw missingList(name)
  }

  private func missingList(_ name: Name) -> any Error {
    finder.missing("list of \(place)", name, among: catalogue.lists.map(\.name))
  }

  /// The lists that a group has now.
  func lists(ofGroup argument: String) throws -> [ListID] {
    let name = try Name(argument: argument)
    let lists = catalogue.lists.filter { $0.group.map { NameKey($0) == NameKey(name) } ?? false }
    guard lists.isEmpty else { return lists.map(\.id) }
    let groups = Dictionary(catalogue.lists.compactMap(\.group).map { ($0.text, $0) }) { first, _ in first }
    throw finder.missing("group of lists of \(place)", name, among: Array(groups.values))
  }

  /// An item, written as `LIST: ITEM`. Both names may have colons of their own.
  func item(_ argument: String, _ kind: ItemKind) throws -> ListItem {
    let halves = ItemArgument.halves(argument)
    guard let first = halves.first else {
      throw Trouble(
        "\(quotedExcerpt(argument)) names no \(kind.singular) of a list",
        hint: "write the list, a colon and the \(kind.singular), as in 'Sales Orders: Release'",
        exitStatus: .badData)
    }
    let found = halves.compactMap { half -> ListItem? in
      guard let list = catalogue.listIndex[NameKey(half.list)],
        let item = items(kind, of: list.id).first(where: { NameKey($0.name) == NameKey(half.item) })
      else { return nil }
      return ListItem(list: list.id, item: item.id)
    }
    if found.count > 1 {
      throw Trouble(
        "\(quotedExcerpt(argument)) can be read as several \(kind.title.lowercased())",
        hint: "rename a list or \(kind.singular) in the catalogue, or use the console", exitStatus: .badData)
    }
    if let item = found.first { return item }
    // The half whose list exists is the one that was meant.
    for half in halves {
      guard let list = catalogue.listIndex[NameKey(half.list)] else { continue }
      throw finder.missing(
        "\(kind.singular) of the list \(quoted(list.name.text))", half.item,
        among: items(kind, of: list.id).map(\.name))
    }
    throw missingList(first.list)
  }

  private func items(_ kind: ItemKind, of list: ListID) -> [Item] { catalogue.items(kind, of: list) }

  private var place: String { quoted(catalogue.connector.name.text) }
}

/// The ways to read `LIST: ITEM`.
enum ItemArgument {
  /// Each way to split the text at a colon into two names, from left to right. Blanks around the colon are
  /// dropped.
  static func halves(_ argument: String) -> [(list: Name, item: Name)] {
    argument.indices.filter { argument[$0] == ":" }.compactMap { colon in
      guard let list = try? Name(argument[..<colon].trimmingBlanks),
        let item = try? Name(argument[argument.index(after: colon)...].trimmingBlanks)
      else { return nil }
      return (list, item)
    }
  }
}

extension Substring {
  fileprivate var trimmingBlanks: Substring {
    var rest = self.drop { $0 == " " }
    while rest.last == " " { rest.removeLast() }
    return rest
  }
}
