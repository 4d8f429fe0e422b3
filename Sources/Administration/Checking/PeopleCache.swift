internal import Access
internal import Store
private import Synchronization

/// A token that was found by its Token ID, and what its user has. It is an object, because many are kept, and a dictionary
/// has a third more places than values or more.
final class KnownHolder: Sendable {
  let found: FoundToken
  let account: (kind: AccountKind, name: Name)
  let access: SubjectAccess
  /// The names of the teams and of the custom roles that the holder has, because a user of the cache has not
  /// read them.
  let teams: [(id: TeamID, name: Name)]
  let roles: [(id: RoleID, name: Name)]

  init(
    found: FoundToken, account: (kind: AccountKind, name: Name), access: SubjectAccess,
    teams: [(id: TeamID, name: Name)], roles: [(id: RoleID, name: Name)]
  ) {
    (self.found, self.account, self.access) = (found, account, access)
    (self.teams, self.roles) = (teams, roles)
  }
}

/// The key under which a holder is kept.
enum HolderKey: Hashable, Sendable {
  case looked(LookupHash)
  case presented(PresentedTokenID)
}

/// The holders of Token IDs, up to a limit. They are kept until their account changes, or something on which anybody's
/// decisions may rest. The enforcers of all threads share them, because they take the most memory.
package final class PeopleCache: Sendable {
  private struct Part: Hashable {
    let key: HolderKey
    let connector: ConnectorID?
  }

  private struct Held {
    /// The state of the store. It includes which store was opened, because another store may count its
    /// generations anew.
    var state: KeptState?
    var holders: [Part: KnownHolder] = [:]
    var parts = KeptByAccount<Part>()
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

  /// Forgets whatever may not hold in a later state.
  func advance(_ advance: KeptAdvance) {
    held.withLock { held in
      guard let state = held.state, advance.leads(from: state) else { return }
      for part in held.parts.take(advance.accounts) { held.holders.removeValue(forKey: part) }
      held.state = advance.to
    }
  }

  func keep(
    _ holder: KnownHolder, as key: HolderKey, on connector: ConnectorID?, in state: KeptState
  ) {
    held.withLock { held in
      if held.state != state {
        // A thread with an older state must not put back what others have forgotten.
        if let present = held.state, present.isAhead(of: state) { return }
        held = Held(state: state)
      }
      // The holders in use come back soon, so there is no need to find out which ones those are.
      if held.holders.count >= limit {
        held.holders.removeAll(keepingCapacity: true)
        held.parts = KeptByAccount()
      }
      let part = Part(key: key, connector: connector)
      if held.holders.updateValue(holder, forKey: part) == nil {
        held.parts.enter(part, of: holder.found.token.account)
      }
    }
  }
}
