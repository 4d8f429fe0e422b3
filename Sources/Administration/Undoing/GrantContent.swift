internal import Access
internal import Store

/// What a grant has: what it gives, and the parts that left the catalogue, of which a grant that is made smaller
/// may lose some.
struct GrantContent: Hashable, Sendable {
  var permissions: Permissions
  var gone = GoneParts()

  static let nothing = GrantContent(permissions: .none)

  init(permissions: Permissions, gone: GoneParts = GoneParts()) {
    self.permissions = permissions
    self.gone = gone.sorted
  }
}

/// The parts that left stand beside what it gives.
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
  /// In an order, so that equal ones are equal.
  fileprivate var sorted: GoneParts {
    GoneParts(companies: companies.sorted(), lists: lists.sorted(), items: items.sorted())
  }
}
