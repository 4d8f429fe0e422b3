import Access
import Administration
import Store

/// The pending change of a team's members.
struct MemberChange: Codable, Hashable, Sendable {
  var adding: Set<AccountID> = []
  var removing: Set<AccountID> = []
  /// The bounds that present members are to have.
  private(set) var bounded = BoundedSet<AccountID>()
  /// The bounds that these members had when a person changed them.
  private var was = BoundedSet<AccountID>()

  var isEmpty: Bool { adding.isEmpty && removing.isEmpty && bounded.isEmpty }

  init() {}

  /// Changes the bounds of a present member.
  ///
  /// - Parameter saved: the bounds that the membership has in the store.
  mutating func bound(_ id: AccountID, _ bounds: Bounds, saved: Bounds) {
    let isChanged = bounds != saved
    bounded[id] = isChanged ? bounds : nil
    was[id] = isChanged ? saved : nil
  }

  /// The change of the bounds of those who stay members.
  var bounding: Edit<BoundedSet<AccountID>> {
    let staying = bounded.elements.subtracting(removing)
    return Edit(
      was: BoundedSet(bounded: was.bounded.filter { staying.contains($0.value) }),
      becomes: BoundedSet(bounded: bounded.bounded.filter { staying.contains($0.value) }))
  }
}

/// A draft of an earlier version of popsec has no bounds.
extension MemberChange {
  private enum Key: CodingKey { case adding, removing, bounded, was }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    func held(_ key: Key) throws -> BoundedSet<AccountID> {
      BoundedSet(bounded: try container.decodeIfPresent([Bounded<AccountID>].self, forKey: key) ?? [])
    }
    adding = try container.decode(Set<AccountID>.self, forKey: .adding)
    removing = try container.decode(Set<AccountID>.self, forKey: .removing)
    (bounded, was) = (try held(.bounded), try held(.was))
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(adding.sorted(), forKey: .adding)
    try container.encode(removing.sorted(), forKey: .removing)
    guard !bounded.isEmpty else { return }
    try container.encode(bounded.bounded.sorted { $0.value < $1.value }, forKey: .bounded)
    try container.encode(was.bounded.sorted { $0.value < $1.value }, forKey: .was)
  }
}
