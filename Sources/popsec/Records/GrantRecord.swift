import Access
import Administration
import Interchange
import Store

/// All things of a kind, or the named ones.
enum CoverageRecord<Element: RecordValue & Sendable>: RecordValue, Sendable {
  case all
  case only([Element])

  static var schema: JSONSchema { .any(of: [.words(["all"]), [Element].schema]) }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .all: try container.encode("all")
    case .only(let elements): try container.encode(elements)
    }
  }
}

struct ItemRecord: PrintedObject, Hashable {
  let list: String
  let name: String

  static let columns: [Column<Self>] = [
    .data("list") { $0.list },
    .data("name") { $0.name },
  ]
}

/// A grant, in the words of the security file.
struct GrantRecord: Record {
  /// The kind of subject: `user`, `apiUser` or `team`.
  let subjectKind: String
  let subject: String
  let connector: String
  let roles: [String]
  let companies: CoverageRecord<String>
  let lists: CoverageRecord<String>
  let actions: CoverageRecord<ItemRecord>
  let details: CoverageRecord<ItemRecord>
  let listActions: CoverageRecord<ItemRecord>
  /// The parts of the grant that have left the catalogue and give nothing, such as `list Orders`.
  let leftTheCatalogue: [String]
  let bounds: Bounds

  init(
    _ permissions: Permissions, subjectKind: String, subject: String, on connector: Connector,
    _ names: NameBook, _ dangling: [DanglingPart]
  ) {
    leftTheCatalogue = dangling.map(\.words)
    bounds = permissions.bounds
    self.subjectKind = subjectKind
    self.subject = subject
    self.connector = connector.name.text
    roles = permissions.roles.map(\.rawValue).sorted()
    companies = names.record(permissions.companies, \.companies)
    lists = names.record(permissions.lists, \.lists)
    actions = names.record(permissions[.action])
    details = names.record(permissions[.detail])
    listActions = names.record(permissions[.listAction])
  }

  /// The subject of the grant, as in `team:Sales MX`.
  var givenTo: String { "\(subjectKind):\(subject)" }

  static let columns: [Column<Self>] = [
    .data("subjectKind") { $0.subjectKind },
    .data("subject") { $0.subject },
    .shown("Given to") { $0.givenTo },
    Column("connector", "Connector") { $0.connector },
    Column("roles", "Roles", { $0.roles }) { $0.roles.joined(separator: ", ") },
    Column("companies", "Companies", { $0.companies }) { $0.companies.shortText },
    Column("lists", "Lists", { $0.lists }) { $0.lists.shortText },
    .data("actions") { $0.actions },
    .data("details") { $0.details },
    .data("listActions") { $0.listActions },
    .data("leftTheCatalogue") { $0.leftTheCatalogue },
    .dataIfAny("from") { $0.bounds.from?.printed },
    .dataIfAny("until") { $0.bounds.until?.printed },
    .shown("In force") { $0.bounds.words.joined(separator: " ") },
  ]
}

extension CoverageRecord<String> {
  /// The names where there are at most three, otherwise their number.
  fileprivate var shortText: String {
    switch self {
    case .all: "all"
    case .only(let names): names.count <= 3 ? names.cellText : String(names.count)
    }
  }
}

extension NameBook {
  fileprivate func record<Kind>(
    _ coverage: Coverage<Identifier<Kind>>, _ names: KeyPath<NameBook, [Identifier<Kind>: Name]>
  ) -> CoverageRecord<String> {
    guard let only = coverage.only else { return .all }
    return .only(only.compactMap { self[keyPath: names][$0]?.text }.sorted())
  }

  fileprivate func record(_ coverage: Coverage<ListItem>) -> CoverageRecord<ItemRecord> {
    guard let only = coverage.only else { return .all }
    let records = only.map {
      ItemRecord(list: lists[$0.list]?.text ?? "", name: items[$0.item]?.name.text ?? "")
    }
    return .only(records.sorted { ($0.list, $0.name) < ($1.list, $1.name) })
  }
}

/// The grants of a subject, ordered by connector.
///
/// - Parameter isMeant: whether a grant is among them.
func grantRecords(
  _ subject: SubjectID, _ kind: String, _ name: String, _ reader: any SecurityReader,
  on connector: ConnectorID? = nil, where isMeant: (Grant) -> Bool = { _ in true }
) throws -> [GrantRecord] {
  try reader.grants(of: subject).compactMap { grant in
    guard connector == nil || grant.connector == connector, isMeant(grant),
      let found = try reader.connector(grant.connector)
    else { return nil }
    var names = NameBook()
    names.enter(try reader.catalogue(of: found))
    return GrantRecord(
      grant.permissions, subjectKind: kind, subject: name, on: found, names,
      try reader.danglingParts(of: subject, on: found.id))
  }
}

extension DanglingPart {
  /// The words for the part, as in `list Orders` or `action Orders: Release`.
  fileprivate var words: String {
    switch kind {
    case .company: "company \(name.text)"
    case .list: "list \(name.text)"
    case .item(let kind): "\(kind.singular) \(list?.text ?? ""): \(name.text)"
    }
  }
}
