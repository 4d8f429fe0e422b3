import Access
import Administration
import Foundation
import Store

extension Operator {
  /// The operator who runs this process, in a store.
  ///
  /// Errors: ``Trouble`` where popsec knows no such user, ``StoreError``.
  static func current(_ frontEnd: FrontEnd, in store: any Store, ownedBy owner: UInt32) throws -> Operator {
    let caller = Caller.current
    switch caller.claim {
    case .unixAccount:
      return try UnixIdentity(storeOwner: owner, environment: caller.environment)
        .operating(frontEnd, in: store)
    case .ssh(let ticket): return try ticket.operating(frontEnd, in: store, caller.environment)
    }
  }
}

extension FrontDoor.Ticket {
  /// Errors: ``Trouble`` where the user or the key is gone, or has moved to the other service account.
  fileprivate func operating(
    _ frontEnd: FrontEnd, in store: any Store, _ environment: [String: String]
  ) throws -> Operator {
    let found = try store.read { reader -> (account: Account, key: SSHPublicKey, authority: Authority)? in
      guard let account = try reader.account(user), account.kind == .user,
        let key = try reader.publicKeys(of: user).compactMap({ try? SSHPublicKey($0) })
          .first(where: { KeyFingerprint($0).shortDigest == keyDigest })
      else { return nil }
      return (account, key, try reader.authority(of: user).at(Surroundings.system.now()))
    }
    guard let found else { throw Trouble.notLetIn }
    // A person who may not open Token IDs must not be on the account with the key.
    guard UnixIdentity.name(of: getuid()) == found.authority.serviceAccount.rawValue else {
      throw Trouble(
        "your roles call for the account \(found.authority.serviceAccount.rawValue)",
        hint: "ssh \(found.authority.serviceAccount.rawValue)@…", exitStatus: .notPermitted)
    }
    let actor = Actor(
      name: found.account.name.text, frontEnd: frontEnd, user: user,
      keyFingerprint: KeyFingerprint(found.key).description,
      source: environment.filled("SSH_CONNECTION").flatMap { $0.split(separator: " ").first.map(String.init) }
    )
    return Operator(actor: actor, standing: .user(user, by: .key(found.key.material)))
  }
}

extension Trouble {
  fileprivate static var notLetIn: Trouble {
    Trouble("your user or its SSH key is gone", hint: "ask an administrator", exitStatus: .notPermitted)
  }
}
