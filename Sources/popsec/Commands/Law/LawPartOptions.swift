import Access
import Administration
import ArgumentParser
import Store

/// The part of the catalogue that a law is about.
struct LawPartOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The connector that the law is about.", valueName: "name"),
    completion: .names(.connectors))
  var connector: String?

  @Option(
    help: ArgumentHelp("A company that the law is about; without one all are meant.", valueName: "name"),
    completion: .names(.companies))
  var company: [String] = []

  @Option(
    help: ArgumentHelp("A list that the law is about; without one all are meant.", valueName: "name"),
    completion: .names(.lists))
  var list: [String] = []

  @OptionGroup var items: ItemOptions

  var part: LawPart {
    LawPart(connector: connector, companies: company, lists: list, items: items.named)
  }
}

/// The second part of a law that keeps two parts apart.
struct LawOtherPartOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The connector of the second part; without it that of the first.", valueName: "name"),
    completion: .names(.connectors))
  var andConnector: String?

  @Option(
    help: ArgumentHelp("A company of the second part; without one all are meant.", valueName: "name"),
    completion: .names(.companies))
  var andCompany: [String] = []

  @Option(
    help: ArgumentHelp("A list of the second part; without one all are meant.", valueName: "name"),
    completion: .names(.lists))
  var andList: [String] = []

  @Option(
    help: ArgumentHelp("An action of the second part; may be given again.", valueName: "item"),
    completion: .names(.listItems(.action)))
  var andAction: [String] = []

  @Flag(help: "All actions of the second part's lists.")
  var andAllActions = false

  @Option(
    help: ArgumentHelp("A detail of the second part; may be given again.", valueName: "item"),
    completion: .names(.listItems(.detail)))
  var andDetail: [String] = []

  @Flag(help: "All details of the second part's lists.")
  var andAllDetails = false

  @Option(
    help: ArgumentHelp("A list action of the second part; may be given again.", valueName: "item"),
    completion: .names(.listItems(.listAction)))
  var andListAction: [String] = []

  @Flag(help: "All list actions of the second part's lists.")
  var andAllListActions = false

  var part: LawPart {
    LawPart(
      connector: andConnector, companies: andCompany, lists: andList,
      items: NamedItems.given([
        .action: .init(isAll: andAllActions, names: andAction),
        .detail: .init(isAll: andAllDetails, names: andDetail),
        .listAction: .init(isAll: andAllListActions, names: andListAction),
      ]))
  }

  func validate() throws { try NamedItems.validate(part.items) }
}

/// A part of the catalogue as arguments name it.
struct LawPart {
  let connector: String?
  let companies: [String]
  let lists: [String]
  /// The items of each kind of which some are named.
  let items: [ItemKind: NamedItems]

  var isEmpty: Bool { connector == nil && companies.isEmpty && lists.isEmpty && items.isEmpty }

  /// The part with its names. They need not exist: a law speaks of what may come, too.
  ///
  /// - Parameter usual: the connector that is meant where none is named.
  /// Errors: ``Trouble`` for what is no name, and for an item that can be read in several ways.
  func what(otherwise usual: String?, _ finder: Finder) throws -> LawWhat<AsWritten> {
    guard let argument = connector ?? usual else {
      throw Trouble(
        "no connector is named that the law is about", hint: "give --connector", exitStatus: .usage)
    }
    let connector = try Name(argument: argument)
    let reader = LawItemReader(
      try finder.reader.connector(named: NameKey(connector)).map(finder.reader.catalogue))
    var items: [ItemKind: Coverage<LawItem<AsWritten>>] = [:]
    for (kind, given) in self.items {
      items[kind] = given.isAll ? .all : .only(Set(try given.names.map { try reader.item($0, kind) }))
    }
    let (companies, lists) = (try coverage(companies), try coverage(lists))
    return try lawful { () throws(LawProblem) in
      try LawWhat(connector: connector, companies: companies, lists: lists, items: items)
    }
  }

  private func coverage(_ arguments: [String]) throws(Trouble) -> Coverage<Name> {
    arguments.isEmpty ? .all : .only(try names(arguments))
  }
}

/// Reads items, written as `LIST: ITEM`, of which both names may have colons of their own.
struct LawItemReader {
  private let catalogue: ConnectorCatalogue?

  /// - Parameter catalogue: nil for a connector that may come.
  init(_ catalogue: ConnectorCatalogue?) { self.catalogue = catalogue }

  /// Errors: ``Trouble`` for what names no item, and for what can be read in several ways.
  func item(_ argument: String, _ kind: ItemKind) throws(Trouble) -> LawItem<AsWritten> {
    let halves = ItemArgument.halves(argument)
    guard let first = halves.first else {
      throw Trouble(
        "\(quotedExcerpt(argument)) names no \(kind.singular) of a list",
        hint: "write the list, a colon and the \(kind.singular), as in 'Sales Orders: Release'",
        exitStatus: .badData)
    }
    let known = halves.filter { isKnown($0.list, $0.item, kind) }
    let likely = known.isEmpty ? halves.filter { list($0.list) != nil } : known
    let meant = likely.isEmpty ? halves : likely
    guard meant.count == 1 else {
      throw Trouble(
        "\(quotedExcerpt(argument)) can be read as several \(kind.title.lowercased())",
        hint: "give the law with --file, where list and \(kind.singular) stand apart", exitStatus: .badData)
    }
    let half = meant.first ?? first
    return LawItem(list: half.list, item: half.item)
  }

  private func list(_ name: Name) -> ListID? { catalogue?.listIndex[NameKey(name)]?.id }

  private func isKnown(_ list: Name, _ item: Name, _ kind: ItemKind) -> Bool {
    guard let catalogue, let id = self.list(list) else { return false }
    return catalogue.items(kind, of: id).contains { NameKey($0.name) == NameKey(item) }
  }
}
