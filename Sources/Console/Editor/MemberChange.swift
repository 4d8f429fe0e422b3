import Access
import Store

/// The pending change of a team's members.
struct MemberChange: Decodable, Hashable, Sendable {
  var adding: Set<AccountID> = []
  var removing: Set<AccountID> = []

  var isEmpty: Bool { adding.isEmpty && removing.isEmpty }
}
