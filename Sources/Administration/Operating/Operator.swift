package import Access
internal import Store
private import Synchronization

/// A person or program that uses popsec, and what gives them their rights.
package struct Operator: Hashable, Sendable {
  package enum Standing: Hashable, Sendable {
    /// The operator has this authority, whatever the store says: the owner of the store's files, a service, a
    /// test.
    case fixed(Authority)
    /// The operator has what the store presently says of a user, as long as the user could still log in in
    /// the same way.
    case user(AccountID, by: SignInMeans)
    /// The operator has this authority under a user's name, to see whether that user could still do what they
    /// asked for.
    case standIn(AccountID, Authority)
  }

  package let actor: Actor
  package let standing: Standing
  /// Whether the operator owns the store's files, and so can't be locked out.
  package let ownsStore: Bool

  package init(actor: Actor, standing: Standing, ownsStore: Bool = false) {
    self.actor = actor
    self.standing = standing
    self.ownsStore = ownsStore
  }

  /// Makes an operator with these permissions, whatever the store says. All permissions make an
  /// Administrator.
  package init(actor: Actor, permissions: Set<Permission>) {
    let isAdministrator = permissions == Set(Permission.allCases)
    self.init(
      actor: actor, standing: .fixed(Authority(permissions: permissions, isAdministrator: isAdministrator)))
  }

  /// The operator's user; nil where the operator is not a user.
  package var user: AccountID? {
    switch standing {
    case .user(let id, _), .standIn(let id, _): id
    case .fixed: nil
    }
  }

  /// What they may do in the state that is read, and the next instant at which that may become another; nil where there
  /// is none.
  ///
  /// Errors: ``AdministrationError/signedOut(_:)`` where the operator could not log in any more.
  func authority(
    in reader: any SecurityReader, at now: Timestamp
  ) throws -> (authority: Authority, next: Timestamp?) {
    switch standing {
    case .fixed(let authority), .standIn(_, let authority): return (authority, nil)
    case .user(let id, let means):
      guard let account = try reader.account(id) else { throw AdministrationError.signedOut(.deleted) }
      guard account.isEnabled else { throw AdministrationError.signedOut(.disabled) }
      guard try means.leads(to: account, reader) else { throw AdministrationError.signedOut(.means) }
      let held = try reader.authority(of: id)
      let authority = held.at(now)
      guard authority.mayEnter else { throw AdministrationError.signedOut(.nothingPermitted) }
      return (authority, held.next(after: now))
    }
  }
}

/// The means by which a user is recognized.
package enum SignInMeans: Hashable, Sendable {
  /// The key's ``SSHPublicKey/material``.
  case key(String)
  case unixAccount(UnixAccountName)

  func leads(to account: Account, _ reader: any SecurityReader) throws -> Bool {
    switch self {
    case .unixAccount(let name): account.unixAccount == name
    case .key(let material):
      try reader.publicKeys(of: account.id).contains { $0 == material || $0.hasPrefix(material + " ") }
    }
  }
}

/// What is known of an operator from one call to the next. All who act for the same person share it.
final class OperatorState: Sendable {
  private struct Known {
    var generation: Generation?
    /// The time within which it is known, as long as nothing is changed.
    var from = Timestamp.distantPast
    var until: Timestamp?
    var authority = Authority.none
    var settings = Settings.standard
    var isReadOnly = false
    var demandsRecordingSafe = false

    func holds(in generation: Generation, at now: Timestamp) -> Bool {
      self.generation == generation && from <= now && until.map { now < $0 } ?? true
    }
  }

  private let known: Mutex<Known>

  init(_ operating: Operator) {
    var known = Known()
    // Nothing is known of a user before the store was asked.
    if case .fixed(let authority) = operating.standing { known.authority = authority }
    self.known = Mutex(known)
  }

  /// What the operator could do when the store was last asked, without what read-only mode forbids.
  var present: Authority {
    known.withLock {
      $0.isReadOnly
        ? Authority(permissions: $0.authority.permissions.intersection(Permission.reading)) : $0.authority
    }
  }

  /// What the operator could do when the store was last asked.
  var held: Authority { known.withLock { $0.authority } }

  var isReadOnly: Bool {
    get { known.withLock { $0.isReadOnly } }
    set { known.withLock { $0.isReadOnly = newValue } }
  }

  /// The settings when the store was last asked.
  var settings: Settings { known.withLock { $0.settings } }

  /// Whether no terminal receives a Token ID, whatever is set.
  var demandsRecordingSafe: Bool {
    get { known.withLock { $0.demandsRecordingSafe } }
    set { known.withLock { $0.demandsRecordingSafe = newValue } }
  }

  /// What they may do in the state that is read; asked of the store only where it has changed, or something began or
  /// ended meanwhile.
  func authority(of operating: Operator, in reader: any StoreReader, at now: Timestamp) throws -> Authority {
    try look(at: operating, in: reader, now).authority
  }

  /// The settings that apply to the operator in the state that is read.
  func settings(of operating: Operator, in reader: any StoreReader, at now: Timestamp) throws -> Settings {
    try look(at: operating, in: reader, now).settings
  }

  /// The instant at which what is known may become another; nil where there is none.
  var next: Timestamp? { known.withLock { $0.until } }

  private func look(at operating: Operator, in reader: any StoreReader, _ now: Timestamp) throws -> Known {
    let generation = try reader.generation()
    if let present = known.withLock({ $0.holds(in: generation, at: now) ? $0 : nil }) { return present }
    do {
      let (authority, next) = try operating.authority(in: reader, at: now)
      let settings = try reader.settings(for: operating.user)
      return known.withLock {
        ($0.generation, $0.authority, $0.settings) = (generation, authority, settings)
        ($0.from, $0.until) = (now, next)
        return $0
      }
    } catch {
      known.withLock { ($0.generation, $0.authority) = (nil, .none) }
      throw error
    }
  }
}
