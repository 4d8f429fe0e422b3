internal import Access
internal import Store

/// The content of a grant: what the grant gives, and its parts that left the catalogue. A grant that is made
/// smaller may lose some of these parts.
struct GrantContent: Hashable, Sendable {
  var permissions: Permissions
  var gone = GoneParts()

  static let nothing = GrantContent(permissions: .none)

  init(permissions: Permissions, gone: GoneParts = GoneParts()) {
    self.permissions = permissions
    self.gone = gone.sorted
  }
}

/// The coded form has the parts that left the catalogue beside what the grant gives.
extension GrantContent: Codable {
  private enum Key: CodingKey { case goneCompanies, goneLists, goneItems }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(
      permissions: try Permissions(from: decoder),
      gone: GoneParts(
        companies: try container.decodeIfPresent([CompanyID].self, forKey: .goneCompanies) ?? [],
        lists: try container.decodeIfPresent([ListID].self, forKey: .goneLists) ?? [],
        items: try container.decodeIfPresent([ItemID].self, forKey: .goneItems) ?? []))
  }

  func encode(to encoder: any Encoder) throws {
    try permissions.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(gone.companies, forKey: .goneCompanies)
    try container.encode(gone.lists, forKey: .goneLists)
    try container.encode(gone.items, forKey: .goneItems)
  }
}

extension GoneParts {
  /// The parts in a fixed order, so that equal parts compare as equal.
  fileprivate var sorted: GoneParts {
    GoneParts(companies: companies.sorted(), lists: lists.sorted(), items: items.sorted())
  }
}
