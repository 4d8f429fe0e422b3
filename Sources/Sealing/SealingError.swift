package import Access

/// The errors of keys. They reveal nothing about the keys.
package enum SealingError: Complaint, Hashable {
  case missing(path: String)
  case looseRights(path: String, mode: String)
  /// Others may enter the folder of the keys.
  case looseFolder(path: String, mode: String)
  /// A key or its folder belongs to another account, which could change it. Root's are not reported.
  case otherOwner(path: String, owner: UInt32)
  case notReadable(path: String)
  case malformed(path: String)
  case exists(path: String)
  case notWritable(path: String, reason: String)
  /// The row was sealed under another key.
  case otherKey(KeyID)
  /// The store uses a key that is not here.
  case unknownKey(TokenKeyKind, KeyID)
  /// The sealed value was changed, or stands in a row for which it was not made.
  case notAuthentic
  case notSealed

  package var message: String {
    switch self {
    case .missing(let path): "there is no key at \(path)"
    case .looseRights(let path, let mode): "the key at \(path) has mode \(mode), so that others may read it"
    case .looseFolder(let path, let mode):
      "the folder of the keys, \(path), has mode \(mode), so that others may get at them"
    case .otherOwner(let path, let owner): "\(path) belongs to another account, of uid \(owner)"
    case .notReadable(let path): "no permission to read the key at \(path)"
    case .malformed(let path): "the key at \(path) is damaged"
    case .exists(let path): "there is a key at \(path) already"
    case .notWritable(let path, let reason): "the key at \(path) can't be written: \(reason)"
    case .otherKey(let id): "the Token ID was sealed under another key (\(id.rawValue))"
    case .unknownKey(let kind, let id): "the store goes by another \(kind.rawValue) key (\(id.rawValue))"
    case .notAuthentic: "the sealed Token ID is damaged, or was moved from another row"
    case .notSealed: "the Token ID could not be sealed"
    }
  }

  package var hint: String? {
    switch self {
    case .missing, .otherKey, .unknownKey: "name the folder with the store's keys with --keys or POPSEC_KEYS"
    case .looseRights(let path, _): "chmod 0600 \(path), or allow it with --allow-loose-rights"
    case .looseFolder(let path, _): "chmod 0700 \(path), or allow it with --allow-loose-rights"
    case .otherOwner: "run as that account, or allow it with --allow-loose-rights"
    case .notReadable: "this account may look tokens up, but not reveal them; ask an operator"
    case .malformed, .notAuthentic: "restore it from a backup; the tokens go on working"
    case .exists:
      "keys are never overwritten; where popsec init was interrupted and no store has them, move them away"
    case .notWritable, .notSealed: nil
    }
  }

  package var exitStatus: ExitStatus {
    switch self {
    case .missing, .otherKey, .unknownKey, .notSealed: .unavailable
    case .looseRights, .looseFolder, .otherOwner, .notReadable: .notPermitted
    case .malformed, .notAuthentic: .badData
    case .exists, .notWritable: .cannotCreate
    }
  }
}
