internal import Access
internal import Store
private import Synchronization

/// A token that was found by its Token ID, and what its user has.
struct KnownHolder: Sendable {
  let found: FoundToken
  let account: (kind: AccountKind, name: Name)
  let access: SubjectAccess
  /// The names of the teams and of the defined roles in it: whoever takes a holder from others has not read them.
  let teams: [TeamID: Name]
  let roles: [RoleID: Name]
}

/// What a holder is known by.
enum HolderKey: Hashable, Sendable {
  case looked(LookupHash)
  case presented(PresentedTokenID)
}

/// The holders of Token IDs, for as long as the generation that they were read of; at most so many. Of the
/// enforcers of all threads, since they are read once and take the most memory.
package final class PeopleCache: Sendable {
  private struct Part: Hashable {
    let key: HolderKey
    let connector: ConnectorID?
  }

  private struct Held {
    /// What the store was when it was opened, and its generation: another store may count anew.
    var state: KeptState?
    var holders: [Part: KnownHolder] = [:]
  }

  private let limit: Int
  private let held = Mutex(Held())

  package init(limit: Int = 20_000) { self.limit = limit }

  package var count: Int { held.withLock { $0.holders.count } }

  func holder(_ key: HolderKey, on connector: ConnectorID?, in state: KeptState) -> KnownHolder? {
    held.withLock { held in
      held.state == state ? held.holders[Part(key: key, connector: connector)] : nil
    }
  }

  func keep(
    _ holder: KnownHolder, as key: HolderKey, on connector: ConnectorID?, in state: KeptState
  ) {
    held.withLock { held in
      if held.state != state {
        // Whoever is behind must not put back what others have forgotten.
        if let present = held.state, present.isAhead(of: state) { return }
        held = Held(state: state)
      }
      // Those in use come back at once, and none has to be told from another.
      if held.holders.count >= limit { held.holders.removeAll(keepingCapacity: true) }
      held.holders[Part(key: key, connector: connector)] = holder
    }
  }
}
