import Access
import Administration
import Store

/// Makes catalogue entries of an imported document. The mapping is applied, and each name is checked. What
/// the catalogue can't hold is left out with a note. Leaving something out is safe, because what is not in
/// the catalogue is denied.
struct ImportAssembler {
  private let name: String
  private let source: ImportedCatalogue
  private let options: ImportOptions
  private let mapping: ImportMapping?
  private let used = MappingUse()
  private let notes: Notes

  init(_ name: String, _ source: ImportedCatalogue, _ options: ImportOptions, _ mapping: ImportMapping?) {
    self.name = name
    self.source = source
    self.options = options
    self.mapping = mapping
    notes = Notes(source.notes)
  }

  /// Collects the notes.
  private final class Notes {
    private(set) var list: [ImportNote]
    init(_ list: [ImportNote]) { self.list = list }
    func add(_ note: ImportNote) { list.append(note) }
  }

  func assemble() -> CatalogueImport {
    let connectors = source.connectors.map(connector)
    let unused = mapping.map { $0.unused(used) } ?? []
    return CatalogueImport(name: name, connectors: connectors, notes: notes.list + unused)
  }

  private func connector(_ published: ImportedConnector<Spot<String>>) -> ImportedConnector<Named> {
    let told = names(published.entry.companies, .companies, "company")
    let given = options.companies.map { $0.map { Named($0) }.eachOnce }
    var entry = ConnectorEntry<Named>(named: published.entry.named, companies: given ?? told)
    var places: [String: Named] = [:]
    var seen = Seen()
    for list in published.entry.lists {
      guard let mapped = self.list(list, &seen) else { continue }
      entry.lists.append(mapped)
      places[list.named.value] = mapped.named
    }
    var leftOut = published.leftOut
    let endpoints = published.endpoints.map { self.endpoints($0, places, of: entry.named, &leftOut) }
    return ImportedConnector(
      entry: entry, namesCompanies: published.namesCompanies || given != nil,
      hasCompanies: published.hasCompanies && given == nil, endpoints: endpoints, leftOut: leftOut)
  }

  private func list(_ imported: ListEntry<Spot<String>>, _ seen: inout Seen) -> ListEntry<Named>? {
    let spot = imported.named
    if let group = imported.group, mapping?.skips(group, .groups, used) == true { return nil }
    guard let named = name(spot, .lists, "list", &seen) else { return nil }
    var items: [ItemKind: [Named]] = [:]
    for kind in ItemKind.allCases {
      let names = names(imported.items[kind] ?? [], MappedThing(kind), kind.words)
      if !names.isEmpty { items[kind] = names }
    }
    return ListEntry(named: named, group: group(of: imported), items: items)
  }

  private func group(of list: ListEntry<Spot<String>>) -> Name? {
    if let mapped = mapping?.group(of: list.named.value, used) { return mapped }
    guard let group = list.group else { return nil }
    if let renamed = mapping?.name(of: group, .groups, used) { return renamed }
    do { return try Name(group) } catch {
      notes.add(
        ImportNote(fate: "without its group", "list", list.named.value, error.reason, at: list.named.position)
      )
      return nil
    }
  }

  private func endpoints(
    _ imported: [ImportedEndpoint], _ lists: [String: Named], of connector: Named,
    _ leftOut: inout [LeftOutOperation]
  ) -> [EndpointEntry] {
    var seen = Seen()
    return imported.compactMap { endpoint in
      // An endpoint is left out where its list is, because an endpoint needs a list.
      guard let list = lists[endpoint.list], let named = name(endpoint.name, .endpoints, "endpoint", &seen)
      else {
        leftOut.append(
          LeftOutOperation(title: endpoint.name.value, address: endpoint.address, method: endpoint.method))
        return nil
      }
      return EndpointEntry(
        named: named, address: Spot(value: endpoint.address, position: endpoint.name.position),
        match: .exact, methods: [endpoint.method], connector: connector, list: list, isEnabled: true)
    }
  }

  private func names(_ spots: [Spot<String>], _ thing: MappedThing, _ what: String) -> [Named] {
    var seen = Seen()
    return spots.compactMap { name($0, thing, what, &seen) }
  }

  /// The names so far. Each name may come only once.
  private typealias Seen = Set<NameKey>

  /// The name that a thing gets in the catalogue; nil where the mapping skips the thing, or where its name is
  /// not valid.
  private func name(
    _ spot: Spot<String>, _ thing: MappedThing, _ what: String, _ seen: inout Seen
  ) -> Named? {
    if mapping?.skips(spot.value, thing, used) == true { return nil }
    let name: Name
    if let renamed = mapping?.name(of: spot.value, thing, used) {
      name = renamed
    } else {
      do { name = try Name(spot.value) } catch {
        notes.add(ImportNote(what, spot.value, error.reason, at: spot.position))
        return nil
      }
    }
    let key = NameKey(name)
    guard seen.insert(key).inserted else {
      notes.add(ImportNote(what, spot.value, "there is one of that name already", at: spot.position))
      return nil
    }
    return Named(name: name, key: key, position: spot.position)
  }
}

extension [Named] {
  /// The names without those that came before.
  fileprivate var eachOnce: [Named] {
    var seen: Set<NameKey> = []
    return filter { seen.insert($0.key).inserted }
  }
}

extension NameProblem {
  /// The reason without what differs from one name to another, so that all names that are too long are
  /// counted together.
  fileprivate var reason: String {
    guard case .tooLong(let count) = self, count > Name.maximumCharacterCount else { return description }
    return "a name has at most \(Name.maximumCharacterCount) characters"
  }
}
