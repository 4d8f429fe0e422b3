package import Access
package import Store

/// The grants on a connector that were limited to some of its companies, or to none. When the connector's
/// last company leaves, nothing limits them any more, because on a connector without companies a grant gives
/// its lists completely.
package struct WidenedGrants: Hashable, Sendable {
  package private(set) var count = 0
  /// The first of these grants, as in `team “Sales MX” (all lists)`: teams before API users and users.
  package private(set) var told: [String] = []

  package static let mostTold = 5

  /// Reads the grants in a state in which the connector lives.
  ///
  /// Errors: ``StoreError``.
  package init(on connector: ConnectorID, _ reader: any SecurityReader) throws {
    try reader.forEachGrantHolder(on: connector) { holder in
      if holder.grant.permissions.isNarrowedToCompanies { add(holder) }
    }
  }

  private mutating func add(_ holder: GrantHolder) {
    count += 1
    guard told.count < Self.mostTold else { return }
    let lists = holder.grant.permissions.lists.only.map { $0.count == 1 ? "1 list" : "\($0.count) lists" }
    told.append("\(holder.kind?.title ?? "team") \(quoted(holder.name.text)) (\(lists ?? "all lists"))")
  }

  /// The grants in words, as in `gives 2 grants their lists whole, narrowed to no company: team “Sales MX”
  /// (all lists), …`; nil where there are none.
  package var words: String? {
    guard count > 0 else { return nil }
    let grants = count == 1 ? "1 grant its lists" : "\(count) grants their lists"
    let more = count > told.count ? " and \(count - told.count) more" : ""
    return "gives \(grants) whole, narrowed to no company: \(told.joined(separator: ", "))\(more)"
  }
}

extension Permissions {
  /// Whether the grant gives data of some lists, but not of all companies.
  fileprivate var isNarrowedToCompanies: Bool {
    roles.contains(.user) && !roles.contains(.administrator) && !lists.isNone && companies != .all
  }
}
