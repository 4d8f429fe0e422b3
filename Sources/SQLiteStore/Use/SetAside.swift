internal import Access
internal import Store

/// Renames a damaged gate.db, so that people can examine it, and a new one can take its place.
struct SetAside {
  let folder: StoreFolder
  let locks: GateLocks

  /// The new name; nil where another process was faster.
  ///
  /// Errors: ``StoreError``, where this account may not rename the file.
  func carryOut(_ found: Files.Identity, now: Timestamp) throws -> String? {
    let path = folder.useDatabase
    return try locks.whileMaking {
      guard try Files.identity(of: path) == found else { return nil }
      let time = now.description.filter { $0 != "-" && $0 != ":" }
      var name = "\(path).\(Self.mark)-\(time)"
      while try Files.kind(of: name) != .missing { name += "a" }
      // The log goes first, because SQLite would take it for the log of a new database.
      for suffix in ["-wal", "-shm", ""] where try Files.kind(of: path + suffix) != .missing {
        try Files.rename(path + suffix, to: name + suffix)
      }
      return name
    }
  }

  static let mark = "damaged"

  /// The files that were set aside, the latest last.
  static func all(in folder: StoreFolder) throws -> [String] {
    try Files.names(in: folder.path)
      .filter { $0.hasPrefix("gate.db.\(mark)-") && !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") }
      .sorted()
  }
}

extension StoreError {
  /// Whether the file is a later popsec's.
  var isOfLater: Bool {
    switch self {
    case .newer, .upgraded: true
    default: false
    }
  }

  /// The reason why gate.db can't be used, without words that apply only to a store.
  var reasonOfUse: String {
    switch self {
    case .corrupt(let path, let detail): "\(path) is damaged: \(detail)"
    case .foreign(let path): "\(path) is no file that a gate made"
    case .newer(let path, let version, let known), .upgraded(let path, let version, let known):
      "\(path) is of a later popsec (version \(version), this one knows versions up to \(known))"
    default: message
    }
  }
}
