package import Access
internal import Sealing
internal import Store

/// A gate's key, and whether applications should believe it.
package struct GateKeyStanding: Hashable, Sendable {
  package enum Standing: String, Hashable, Sendable, CaseIterable {
    case valid, retired
    /// Nobody with the store's signing key vouches for the row, so it has no effect.
    case notVouchedFor
  }

  package let key: GateKey
  package let standing: Standing

  init(_ key: GateKey, in store: StoreID, _ verifier: AuditVerifier?) {
    self.key = key
    if key.retiredAt != nil {
      standing = .retired
    } else {
      standing = verifier?.vouches(for: key, in: store) == true ? .valid : .notVouchedFor
    }
  }
}

/// What a gate must know to sign: the store for which it speaks, and the keys that applications believe.
package struct TrustedGateKeys: Hashable, Sendable {
  package let store: StoreID
  /// The keys that are vouched for and not retired.
  package let keys: [GateKey]

  /// Errors: ``StoreError``; ``GateKeyTrouble/noVerifier``.
  init(_ reader: any SecurityReader, _ verifier: AuditVerifier?) throws {
    store = try reader.storeID()
    keys = try reader.gateKeyStandings(verifier).filter { $0.standing == .valid }.map(\.key)
  }
}

extension SecurityReader {
  /// Errors: ``StoreError``; ``GateKeyTrouble/noVerifier`` where there are keys that nobody here can check.
  fileprivate func gateKeyStandings(_ verifier: AuditVerifier?) throws -> [GateKeyStanding] {
    let (store, all) = (try storeID(), try gateKeys())
    guard verifier != nil || all.allSatisfy({ $0.retiredAt != nil }) else { throw GateKeyTrouble.noVerifier }
    return all.map { GateKeyStanding($0, in: store, verifier) }
  }
}

extension Administration {
  /// The keys of all gates, including retired ones, in the order in which they were added.
  ///
  /// Errors: ``GateKeyTrouble/noVerifier``, and those of all reads.
  package func gateKeys() throws -> [GateKeyStanding] {
    try read { try $0.gateKeyStandings(keys.audit.verifier) }
  }

  /// The keys that applications should believe.
  package func trustedGateKeys() throws -> TrustedGateKeys {
    try read { try TrustedGateKeys($0, keys.audit.verifier) }
  }
}

extension Enforcer {
  /// The keys that applications should believe, as of the present state of the store.
  ///
  /// Errors: ``StoreError``; ``GateKeyTrouble/noVerifier``.
  package func trustedGateKeys() throws -> TrustedGateKeys {
    try decide { try $0.source.trustedGateKeys(verifier) }
  }
}

extension Change {
  /// Makes applications believe what the gate with this key signs. A row that is not vouched for is replaced.
  /// Undo does not cover this: a key is retired by its name.
  ///
  /// Errors: ``GateKeyTrouble``, and those of all changes.
  @discardableResult
  package func addGateKey(_ publicKey: GatePublicKey, named name: Name) throws -> GateKey {
    try requireGateKeys()
    let present = try gateKeys()
    if let same = present.first(where: { $0.key.id == publicKey.id }) {
      switch same.standing {
      case .valid: throw GateKeyTrouble.known(same.key.name)
      case .retired: throw GateKeyTrouble.retired(same.key.name)
      case .notVouchedFor: break
      }
    }
    let taken = present.contains {
      $0.standing != .retired && $0.key.id != publicKey.id && NameKey($0.key.name) == NameKey(name)
    }
    if taken { throw AdministrationError.nameTaken(kind: "gate key", name: name) }
    guard let signer = keys.audit.signer else { throw GateKeyTrouble.noSigner }
    let vouched = try signer.vouched(
      publicKey, named: name, in: writer.storeID(), at: now, by: operating.actor.name)
    guard let vouched else { throw GateKeyTrouble.noSigner }
    try writer.put(vouched)
    try record("addGateKey", vouched)
    return vouched
  }

  /// Makes applications no longer believe what the gate with this key signs. This is final.
  @discardableResult
  package func retireGateKey(named name: Name) throws -> GateKey {
    try requireGateKeys()
    let found = try gateKeys().first {
      $0.standing != .retired && NameKey($0.key.name) == NameKey(name)
    }
    guard let key = found?.key else {
      throw AdministrationError.missing(kind: "gate key", name: name.text)
    }
    try writer.retire(key.id, at: now)
    try record("retireGateKey", key)
    return key
  }

  private func requireGateKeys() throws {
    guard !state.isReadOnly else { throw AdministrationError.readOnly }
    try requireAdministrator(to: "say whose signatures applications believe")
  }

  /// The keys. A person who can't check who vouches for them can still retire one.
  private func gateKeys() throws -> [GateKeyStanding] {
    let store = try writer.storeID()
    return try writer.gateKeys().map { GateKeyStanding($0, in: store, keys.audit.verifier) }
  }

  private func record(_ action: String, _ key: GateKey) throws {
    var details = AuditDetails("name", after: key.name.text)
    details.add("key", after: key.id.rawValue)
    try recordStore(action, details)
  }
}

/// The reason why a gate's key can't be registered, or why the keys can't be checked.
package enum GateKeyTrouble: Complaint, Hashable {
  case known(Name)
  case retired(Name)
  /// Only a process with the store's signing key can vouch for gates.
  case noSigner
  /// The signatures of the keys can't be checked here.
  case noVerifier

  package var message: String {
    switch self {
    case .known(let name): "this key is registered already, as \(quoted(name.text))"
    case .retired(let name): "this key was retired, as \(quoted(name.text))"
    case .noSigner: "the store's signing key, which vouches for the keys of gates, is not to be had here"
    case .noVerifier: "the store's public signing key, by which the keys of gates are checked, can't be read"
    }
  }

  package var hint: String? {
    switch self {
    case .known: "popsec gate key list shows them all"
    case .retired: "a retired key stays retired: remove the gate's key file, and the gate makes another one"
    case .noSigner: "run this as the store's owner; popsec audit sign makes the key where there is none"
    case .noVerifier:
      "audit-public.key has to lie beside lookup.key; popsec audit sign makes it where there is none"
    }
  }

  package var exitStatus: ExitStatus {
    switch self {
    case .known, .retired: .badData
    case .noSigner: .notPermitted
    case .noVerifier: .unavailable
    }
  }
}
