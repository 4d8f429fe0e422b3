import Access
import Store

/// Imports OData v4 `$metadata`. Entity sets become lists, bound actions become actions and list actions, and
/// collection-valued navigation properties become details.
struct ODataImporter: CatalogueImporter {
  func looksLike(_ beginning: String) -> Bool {
    beginning.first { !$0.isWhitespace } == "<" && beginning.contains("Edmx")
  }

  func read(
    _ text: UnsafeBufferPointer<UInt8>, _ options: ImportOptions, _ problems: Problems
  ) throws(SyntaxError) -> ImportedCatalogue {
    guard let connector = options.connector else {
      throw SyntaxError(
        "OData metadata does not say what its service is called", at: .start,
        hint: "name the connector (--connector NAME)", isAlone: true)
    }
    let model = try CSDLReader.read(text, problems)
    let service = ODataService(model, grouping: options.grouping)
    return try service.catalogue(
      Named(name: connector, key: NameKey(connector), position: .start), problems)
  }
}

/// Makes a connector of the metadata of a service.
private struct ODataService {
  /// The most items of all lists together. Without this limit, many sets could multiply the items of a few
  /// types.
  private static let maximumItemCount = 500_000

  private let model: CSDLModel
  private let grouping: ImportOptions.Grouping
  /// The bound actions, by the resolved name of the type that binds them.
  private let actions: [CSDLTypeName: [Spot<String>]]

  init(_ model: CSDLModel, grouping: ImportOptions.Grouping) {
    self.model = model
    self.grouping = grouping
    var actions: [CSDLTypeName: [Spot<String>]] = [:]
    for action in model.actions {
      actions[action.binding.resolved(in: model), default: []].append(action.name)
    }
    self.actions = actions
  }

  func catalogue(_ name: Named, _ problems: Problems) throws(SyntaxError) -> ImportedCatalogue {
    var notes: [ImportNote] = []
    var connector = ImportedConnector<Spot<String>>(entry: ConnectorEntry(named: name))
    var sets = model.sets
    if let companies = try companySet() {
      connector.hasCompanies = true
      notes.append(
        ImportNote(
          "\(shown(companies.set.name.value)) tells the companies, and is no list itself",
          at: companies.set.name.position))
      sets.removeAll { $0.name.value == companies.set.name.value }
      let known = Set(sets.map(\.name.value))
      sets += companies.contained.filter { !known.contains($0.name.value) }
      let named = model.singletons.filter { model.resolved($0.type) == companies.type }
      connector.entry.companies = named.map(\.name)
      connector.namesCompanies = !named.isEmpty
    }
    guard !sets.isEmpty else {
      throw SyntaxError("the metadata has no entity set, so that there would be no list", at: .start)
    }
    var itemCount = 0
    for set in sets {
      let list = try list(set, &notes)
      itemCount += list.itemCount
      guard itemCount <= Self.maximumItemCount else {
        throw SyntaxError(
          "the lists would have more than \(Self.maximumItemCount) actions and details", at: set.name.position
        )
      }
      connector.entry.lists.append(list)
    }
    ODataGroups(grouping).assign(to: &connector.entry.lists, namespaces: sets.map { namespace(of: $0.type) })
    notes += remarks(companies: connector.entry.companies.count)
    return ImportedCatalogue(connectors: [connector], notes: notes)
  }

  private func list(
    _ set: CSDLModel.EntitySet, _ notes: inout [ImportNote]
  ) throws(SyntaxError) -> ListEntry<Spot<String>> {
    var list = ListEntry(named: set.name)
    let line = try model.line(of: set.type)
    if line.isEmpty {
      notes.append(
        ImportNote(
          fate: "without actions and details", "list", set.name.value,
          "its entity type is not in this document", at: set.name.position))
    }
    for (name, type) in line {
      list.add(.action, actions[CSDLTypeName(name)] ?? [])
      list.add(.listAction, actions[CSDLTypeName("Collection(\(name))")] ?? [])
      list.add(.detail, type.navigation.filter(\.target.isCollection).map(\.name))
    }
    return list
  }

  /// The set that lists the companies, as Business Central has it: `companies`, whose entities contain the
  /// other collections.
  private func companySet() throws(SyntaxError) -> (
    set: CSDLModel.EntitySet, type: String, contained: [CSDLModel.EntitySet]
  )? {
    for set in model.sets where ["companies", "company"].contains(set.name.value.lowercased()) {
      let line = try model.line(of: set.type)
      let contained = line.flatMap(\.type.navigation).filter { $0.isContained && $0.target.isCollection }
      guard let type = line.first?.name, !contained.isEmpty else { continue }
      return (set, type, contained.map { CSDLModel.EntitySet(name: $0.name, type: $0.target.name) })
    }
    return nil
  }

  private func namespace(of type: String) -> String {
    let name = model.resolved(type)
    return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? ""
  }

  private func remarks(companies: Int) -> [ImportNote] {
    var notes = model.extended.filter { !model.containers.contains(model.resolved($0.value)) }.map {
      ImportNote(
        "the service extends \(shown($0.value)), whose lists are in another document, and missing here",
        at: $0.position)
    }
    if model.unboundActionCount > 0 {
      notes.append(ImportNote("left out: \(counted(model.unboundActionCount, "action")) bound to no list"))
    }
    let singletons = model.singletons.count - companies
    if singletons > 0 {
      notes.append(ImportNote("left out: \(counted(singletons, "singleton")), no list by itself"))
    }
    return notes
  }

  private func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}

extension CSDLTypeName {
  fileprivate func resolved(in model: CSDLModel) -> CSDLTypeName {
    CSDLTypeName(isCollection ? "Collection(\(model.resolved(name)))" : model.resolved(name))
  }
}

extension ListEntry<Spot<String>> {
  /// Adds items, each name once. An action may come once for each set of its parameters.
  fileprivate mutating func add(_ kind: ItemKind, _ names: [Spot<String>]) {
    var known = Set((items[kind] ?? []).map(\.value))
    for name in names where known.insert(name.value).inserted { items[kind, default: []].append(name) }
  }

  fileprivate var itemCount: Int { items.values.reduce(0) { $0 + $1.count } }
}
