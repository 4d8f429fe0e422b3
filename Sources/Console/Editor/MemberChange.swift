import Access
import Store

/// The pending change of a team's members.
struct MemberChange: Codable, Hashable, Sendable {
  var adding: Set<AccountID> = []
  var removing: Set<AccountID> = []
  /// The bounds of those who are members already.
  var bounded = BoundedSet<AccountID>()

  var isEmpty: Bool { adding.isEmpty && removing.isEmpty && bounded.isEmpty }

  /// Who becomes a member, or has other bounds.
  var becoming: BoundedSet<AccountID> {
    BoundedSet(bounded: BoundedSet(adding).bounded + bounded.bounded.filter { !removing.contains($0.value) })
  }

  init() {}
}

/// Drafts that earlier popsecs kept have no bounds.
extension MemberChange {
  private enum Key: CodingKey { case adding, removing, bounded }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    adding = try container.decode(Set<AccountID>.self, forKey: .adding)
    removing = try container.decode(Set<AccountID>.self, forKey: .removing)
    bounded = BoundedSet(
      bounded: try container.decodeIfPresent([Bounded<AccountID>].self, forKey: .bounded) ?? [])
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(adding.sorted(), forKey: .adding)
    try container.encode(removing.sorted(), forKey: .removing)
    guard !bounded.isEmpty else { return }
    try container.encode(bounded.bounded.sorted { $0.value < $1.value }, forKey: .bounded)
  }

}
