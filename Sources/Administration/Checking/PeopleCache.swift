internal import Access
internal import Store

/// A token that was found by its Token ID, and what its user has.
struct KnownHolder {
  let found: FoundToken
  let account: (kind: AccountKind, name: Name)
  let access: SubjectAccess
}

/// The holders of Token IDs, for as long as the state that they were read of; at most so many.
struct PeopleCache {
  private struct Part: Hashable {
    let lookup: LookupHash
    let connector: ConnectorID?
  }

  private let limit: Int
  private var holders: [Part: KnownHolder] = [:]

  init(limit: Int) { self.limit = limit }

  var count: Int { holders.count }

  func holder(of lookup: LookupHash, on connector: ConnectorID?) -> KnownHolder? {
    holders[Part(lookup: lookup, connector: connector)]
  }

  mutating func keep(_ holder: KnownHolder, of lookup: LookupHash, on connector: ConnectorID?) {
    // Those in use come back at once, and none has to be told from another.
    if holders.count >= limit { holders.removeAll(keepingCapacity: true) }
    holders[Part(lookup: lookup, connector: connector)] = holder
  }
}
