package import Access

/// The errors of a backup.
package enum BackupTrouble: Complaint, Hashable {
  case notABackup(file: String)
  case truncated(file: String)
  /// A part of the backup was changed; `what` names the part.
  case damaged(file: String, what: String)
  case newer(file: String, version: Int, known: Int)
  case otherStore(file: String, its: String, present: String)
  /// The backup has another history than the heads that were kept elsewhere.
  case otherHistory(file: String, detail: String)
  /// Keys with these ids are missing.
  case keysMissing(file: String, keys: [String])

  package var message: String {
    switch self {
    case .notABackup(let file): "\(file) is no backup of popsec"
    case .truncated(let file): "\(file) is truncated: the end of the backup is missing"
    case .damaged(let file, let what): "\(file) is damaged: \(what)"
    case .newer(let file, let version, let known):
      "\(file) is of a store of version \(version), this popsec knows versions up to \(known)"
    case .otherStore(let file, let its, let present):
      "\(file) is of another store (\(its)) than the one that is there (\(present))"
    case .otherHistory(let file, let detail): "\(file) tells another history: \(detail)"
    case .keysMissing(let file, let keys):
      "the keys that \(file) needs are not there: \(keys.joined(separator: ", "))"
    }
  }

  package var hint: String? {
    switch self {
    case .notABackup: "popsec backup makes them; copies of popsec.db alone can't be told to be whole"
    case .truncated, .damaged: "nothing was changed; take another backup"
    case .newer: "nothing was changed; use a popsec of that version or later"
    case .otherStore: "nothing was changed; restore it into an empty place"
    case .otherHistory: "nothing was changed; somebody may have made it up"
    case .keysMissing:
      "name their copy with --keys-input, or their folder with --keys; --without-keys goes on"
    }
  }

  package var exitStatus: ExitStatus {
    switch self {
    case .keysMissing, .newer: .unavailable
    default: .badData
    }
  }
}
