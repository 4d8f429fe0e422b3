import Access
import Store

extension Planner {
  /// What an entry brings back to the catalogue while grants still name it.
  func revivals(_ entry: ConnectorEntry<Named>, _ present: ConnectorCatalogue?) throws -> [FieldChange] {
    var fields: [FieldChange] = []
    let connector = try present == nil ? reader.revival(ofConnector: entry.named.key) : nil
    told("connector \(entry.named.name.text)", connector, &fields)
    guard let id = present?.id ?? connector?.id else { return [] }
    for company in entry.companies where present?.companyIndex[company.key] == nil {
      told("company \(company.name.text)", try reader.revival(ofCompany: company.key, of: id), &fields)
    }
    for list in entry.lists { try told(list, present, of: id, &fields) }
    return fields
  }

  private func told(
    _ entry: ListEntry<Named>, _ present: ConnectorCatalogue?, of connector: ConnectorID,
    _ fields: inout [FieldChange]
  ) throws {
    let known = present?.listIndex[entry.named.key]?.id
    let list = try known == nil ? reader.revival(ofList: entry.named.key, of: connector) : nil
    let title = "list \(entry.named.name.text)"
    told(title, list, &fields)
    guard let id = known ?? list?.id else { return }
    for kind in ItemKind.allCases {
      let items = (present?.items(kind, of: known) ?? []).byKey
      for item in entry.items[kind] ?? [] where items[item.key] == nil {
        let revival = try reader.revival(ofItem: item.key, kind, of: id)
        told("\(title): \(kind.words) \(item.name.text)", revival, &fields)
      }
    }
  }

  private func told<Kind>(_ title: String, _ revival: Revival<Kind>?, _ fields: inout [FieldChange]) {
    guard let count = revival?.grantCount, count > 0 else { return }
    let grants = count == 1 ? "1 grant names" : "\(count) grants name"
    fields.append(FieldChange(title, before: nil, after: "gives back what \(grants) of it"))
  }
}
