import Access
import Administration
import Store

/// What changes in one connector, with a line for each company and list.
struct ImportDifference {
  private let entry: ConnectorEntry<Named>
  private let present: ConnectorCatalogue?

  init(_ entry: ConnectorEntry<Named>, _ present: ConnectorCatalogue?) {
    self.entry = entry
    self.present = present
  }

  var changes: [ImportChange] { connector + companies + lists }

  private var connector: [ImportChange] {
    guard let present else { return [change(.added, .connector, entry.named.name)] }
    return renaming(.connector, present.connector.name, entry.named.name)
  }

  private var companies: [ImportChange] {
    let wanted = entry.companies.byKey
    let present = (present?.companies ?? []).byKey.mapValues(\.name)
    return keys(wanted, present).flatMap { key -> [ImportChange] in
      switch (present[key], wanted[key]) {
      case (let before?, let after?): renaming(.company, before, after)
      case (nil, let after?): [change(.added, .company, after)]
      case (let before?, nil): [change(.removed, .company, before)]
      case (nil, nil): []
      }
    }
  }

  private var lists: [ImportChange] {
    let wanted = entry.lists.byKey
    let present = (present?.lists ?? []).byKey
    return keys(wanted, present).compactMap { key -> ImportChange? in
      switch (present[key], wanted[key]) {
      case (let before?, let after?):
        let details = differences(before, after)
        return details.isEmpty ? nil : change(.changed, .list, before.name, details)
      case (nil, let after?): return change(.added, .list, after.named.name, summary(after))
      case (let before?, nil): return change(.removed, .list, before.name)
      case (nil, nil): return nil
      }
    }
  }

  /// The group and the number of items of a list, as in `group Sales; 2 actions, 1 detail`.
  private func summary(_ list: ListEntry<Named>) -> [String] {
    let counts = ItemKind.allCases.compactMap { kind -> String? in
      let count = list.items[kind]?.count ?? 0
      return count == 0 ? nil : count == 1 ? "1 \(kind.words)" : "\(count) \(kind.words)s"
    }
    return (list.group.map { ["group \($0.text)"] } ?? [])
      + (counts.isEmpty ? [] : [counts.joined(separator: ", ")])
  }

  private func differences(_ before: CatalogueList, _ after: ListEntry<Named>) -> [String] {
    var words = Words()
    words.add("name", before.name.text, after.named.name.text)
    words.add("group", before.group?.text, after.group?.text)
    var details = words.fields.map(\.text)
    for kind in ItemKind.allCases {
      let present = (present?.items(kind, of: before.id) ?? []).byKey
      let wanted = (after.items[kind] ?? []).byKey
      for key in keys(wanted, present) {
        switch (present[key]?.name, wanted[key]) {
        case (let before?, let after?) where before != after:
          details.append("\(kind.words) \(before.text) -> \(after.text)")
        case (nil, let after?): details.append("new \(kind.words) \(after.text)")
        case (let before?, nil): details.append("\(kind.words) \(before.text) vanishes")
        default: break
        }
      }
    }
    return details
  }

  private func renaming(_ thing: ImportChange.Thing, _ before: Name, _ after: Name) -> [ImportChange] {
    before == after ? [] : [change(.changed, thing, before, ["name: \(before.text) -> \(after.text)"])]
  }

  private func keys<First, Second>(_ first: [NameKey: First], _ second: [NameKey: Second]) -> [NameKey] {
    Set(first.keys).union(second.keys).sorted()
  }

  private func change(
    _ kind: PlannedChange.Kind, _ thing: ImportChange.Thing, _ name: Name, _ details: [String] = []
  ) -> ImportChange {
    ImportChange(
      kind: kind, thing: thing, name: name.text, connector: entry.named.name.text, details: details)
  }
}
