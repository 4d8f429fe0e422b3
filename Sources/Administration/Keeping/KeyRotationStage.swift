package import Access

/// The stage of a key's exchange. Whoever exchanges the key again continues from there.
package enum KeyRotationStage: Hashable, Sendable {
  /// No exchange was begun, or all were finished.
  case idle
  /// The new key is made, but nothing is kept under it yet.
  case prepared(KeyID)
  /// New Token IDs are kept under the new key, and the others are being moved to it.
  case rewriting(from: KeyID, to: KeyID)
  /// All Token IDs are kept under the new key. Its file must still replace the old one.
  case rewritten(KeyID)

  package var text: String? {
    switch self {
    case .idle: nil
    case .prepared(let id): "a new one (\(id.rawValue)) is made, and nothing is kept under it yet"
    case .rewriting(let old, let new): "it is being exchanged: \(old.rawValue) for \(new.rawValue)"
    case .rewritten(let id):
      "all is kept under the new one (\(id.rawValue)), whose file is not in its place yet"
    }
  }
}

/// The reason why a key can't be exchanged, or not now.
package enum KeyRotationTrouble: Complaint, Hashable {
  case notOwner(path: String)
  case anotherRotates
  /// Gates don't know the new key; they are named by their processes.
  case gatesBehind([Int])
  /// A gate is or may be running, but its record can't be read, for this reason.
  case gatesUnknown(String)
  /// gate.db belongs to a gate that does not tell which keys it knows.
  case earlierGate
  /// Some rows can't be opened, or were made for another Token ID.
  case damaged(count: Int, tokens: [String])
  case notPrepared
  /// The exchange was interrupted; this number of Token IDs is left.
  case interrupted(left: Int)

  package var message: String {
    switch self {
    case .notOwner(let path): "the keys in \(path) are not this account's"
    case .anotherRotates: "another process is exchanging keys"
    case .gatesBehind(let processes):
      "a gate does not know the new lookup key (process \(processes.map(String.init).joined(separator: ", ")))"
    case .gatesUnknown(let reason): "whether gates know the new lookup key can't be told: \(reason)"
    case .earlierGate: "gate.db was written by a gate of an earlier popsec, which could not follow"
    case .damaged(let count, let tokens):
      "\(count) Token IDs are damaged in the store, of the tokens \(tokens.joined(separator: ", "))"
    case .notPrepared: "there is no new key that nothing is kept under"
    case .interrupted(let left): "interrupted, with \(left) Token IDs to go"
    }
  }

  package var hint: String? {
    switch self {
    case .notOwner: "run it as the account that owns them"
    case .anotherRotates: "wait until it is done"
    case .gatesBehind:
      "nothing is kept under the new key yet; restart the gate so that it can read lookup-next.key, too, and run "
        + "this again"
    case .gatesUnknown:
      "nothing is kept under the new key yet; popsec doctor tells what to do about gate.db, and --without-gates goes on"
    case .earlierGate: "restart the gate; --without-gates goes on, if none runs"
    case .damaged:
      "all others are rewritten; give those tokens up with --leave-damaged, or restore them from a backup"
    case .notPrepared: "what is being rewritten can only be gone on with"
    case .interrupted: "nothing is lost: tokens work as before; the same command goes on"
    }
  }

  package var exitStatus: ExitStatus {
    switch self {
    case .notOwner: .notPermitted
    case .anotherRotates, .gatesBehind, .gatesUnknown, .earlierGate, .interrupted: .unavailable
    case .damaged, .notPrepared: .badData
    }
  }
}
