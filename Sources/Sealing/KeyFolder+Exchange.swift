package import Access
private import Crypto
private import Foundation
private import Glibc

/// The exchange of keys. The next key is made beside the present one, and takes its place when everything is
/// kept under it. The former key is kept under its id, because backups need it.
extension KeyFolder {
  package enum Place: Hashable, Sendable {
    /// The place of the keys that every process loads first.
    case present
    case next
    case retired(KeyID)
  }

  package func file(_ kind: TokenKeyKind, _ place: Place) -> String {
    let name = kind.rawValue
    switch place {
    case .present: return "\(path)/\(name).key"
    case .next: return "\(path)/\(name)-next.key"
    case .retired(let id): return "\(path)/\(name)-retired-\(id.rawValue).key"
    }
  }

  /// The id of the key in this place; nil where there is none.
  package func keyID(_ kind: TokenKeyKind, _ place: Place) throws(SealingError) -> KeyID? {
    try material(kind, place)?.id
  }

  private func material(_ kind: TokenKeyKind, _ place: Place) throws(SealingError) -> KeyMaterial? {
    do { return try read(kind.file, at: file(kind, place)) } catch {
      if case .missing = error { return nil }
      throw error
    }
  }

  /// The key with this id, in whichever place; nil where it is not here.
  func find(_ kind: TokenKeyKind, _ id: KeyID) throws(SealingError) -> KeyMaterial? {
    // The next key may move to another place between two looks, so the first places are looked at again.
    for place in [Place.present, .next, .retired(id), .present, .retired(id)] {
      if let found = try material(kind, place), found.id == id { return found }
    }
    return nil
  }

  /// Whether the key with this id is here, and can be read.
  package func holds(_ kind: TokenKeyKind, _ id: KeyID) -> Bool { ((try? find(kind, id)) ?? nil) != nil }

  /// Whether this account may exchange the keys, because it owns them or is root.
  package var ownsKeys: Bool {
    TokenKeyKind.allCases.allSatisfy { kind in
      var status = stat()
      return stat(file(kind, .present), &status) == 0 && (status.st_uid == geteuid() || geteuid() == 0)
    }
  }

  /// Makes the next key, with the owner and rights of the present one. A next key that exists already is
  /// used.
  package func makeNext(_ kind: TokenKeyKind) throws(SealingError) -> KeyID {
    if let id = try keyID(kind, .next) { return id }
    var present = stat()
    guard stat(file(kind, .present), &present) == 0 else { throw .missing(path: file(kind, .present)) }
    let material = KeyMaterial()
    // A process that was killed while it wrote the key may have left this file.
    let unfinished = file(kind, .next) + ".part"
    unlink(unfinished)
    try writeNewFile(unfinished, Array(line(material, kind.file).utf8))
    guard geteuid() != 0 || chown(unfinished, present.st_uid, present.st_gid) == 0,
      geteuid() == 0 || chown(unfinished, uid_t.max, present.st_gid) == 0,
      chmod(unfinished, present.st_mode & 0o777) == 0, rename(unfinished, file(kind, .next)) == 0
    else {
      let reason = systemReason(errno)
      unlink(unfinished)
      throw .notWritable(path: file(kind, .next), reason: reason)
    }
    try sync()
    return material.id
  }

  package func removeNext(_ kind: TokenKeyKind) throws(SealingError) {
    guard unlink(file(kind, .next)) == 0 || errno == ENOENT else {
      throw .notWritable(path: file(kind, .next), reason: systemReason(errno))
    }
    try sync()
  }

  /// Puts the next key in the place of the present one, which is kept under its id unless it is to be
  /// forgotten. There always is a key in that place. Returns the path of the former key.
  @discardableResult
  package func promoteNext(_ kind: TokenKeyKind, forgetting: Bool) throws(SealingError) -> String? {
    guard try keyID(kind, .next) != nil else { throw .missing(path: file(kind, .next)) }
    var kept: String?
    if !forgetting, let old = try keyID(kind, .present) {
      let path = file(kind, .retired(old))
      guard link(file(kind, .present), path) == 0 || errno == EEXIST else {
        throw .notWritable(path: path, reason: systemReason(errno))
      }
      kept = path
      // The old key must be on disk before the new one takes its place.
      try sync()
    }
    guard rename(file(kind, .next), file(kind, .present)) == 0 else {
      throw .notWritable(path: file(kind, .present), reason: systemReason(errno))
    }
    try sync()
    return kept
  }

  /// Locks the keys against other exchanges until this process ends; false where another process is
  /// exchanging them.
  package func lock() throws(SealingError) -> Bool {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .notReadable(path: path) }
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
    close(descriptor)
    return false
  }

  func sync() throws(SealingError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { close(descriptor) }
    guard descriptor >= 0, fsync(descriptor) == 0 else {
      throw .notWritable(path: path, reason: systemReason(errno))
    }
  }
}

/// The keys as one text, which is to be kept apart from the backups of the store.
extension KeyFolder {
  /// Every present and next key, and the pair for the audit log, each in one line.
  ///
  /// Errors: ``SealingError``, for example where this account can't read the seal key.
  package func text() throws(SealingError) -> String {
    var text = ""
    for kind in Kind.ofStore {
      do { text += line(try read(kind, at: file(kind)), kind) } catch {
        // A store may have no keys that sign.
        guard case .missing = error, kind == .audit || kind == .auditPublic else { throw error }
      }
    }
    for kind in TokenKeyKind.allCases {
      if let next = try material(kind, .next) { text += line(next, kind.file) }
    }
    return text
  }

  /// Makes the folder with the keys of such a text. Of two keys of a kind the second is the next one.
  package func create(from text: String, named name: String, sharedWith group: UInt32? = nil)
    throws(SealingError)
  {
    var files: [(path: String, kind: Kind, material: KeyMaterial)] = []
    for line in text.split(separator: "\n") {
      guard let (kind, material) = Self.parse(line) else { throw .malformed(path: name) }
      let isSecond = files.contains { $0.kind == kind }
      guard let place = isSecond ? kind.exchanged.map({ file($0, .next) }) : file(kind),
        !files.contains(where: { $0.path == place })
      else { throw .malformed(path: name) }
      files.append((place, kind, material))
    }
    guard [Kind.lookup, .seal].allSatisfy({ kind in files.contains { $0.kind == kind } }) else {
      throw .malformed(path: name)
    }
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
      throw .notWritable(path: path, reason: systemReason(errno))
    }
    for (path, kind, material) in files { try writeNewFile(path, Array(line(material, kind).utf8)) }
    if let group {
      try share(path, with: group, mode: 0o750)
      for file in files where file.kind.isShared { try share(file.path, with: group, mode: 0o640) }
    }
    try sync()
  }

  /// The ids of the keys in such a text.
  package static func ids(in text: String, _ kind: TokenKeyKind) -> Set<KeyID> {
    Set(text.split(separator: "\n").compactMap { parse($0) }.filter { $0.0 == kind.file }.map(\.1.id))
  }

  private static func parse(_ line: Substring) -> (Kind, KeyMaterial)? {
    for kind in Kind.ofStore { if let material = material(line, kind) { return (kind, material) } }
    return nil
  }
}

extension KeyFolder.Kind {
  fileprivate var exchanged: TokenKeyKind? {
    switch self {
    case .lookup: .lookup
    case .seal: .seal
    case .audit, .auditPublic, .gate: nil
    }
  }
}

extension TokenKeyKind {
  fileprivate var file: KeyFolder.Kind { self == .lookup ? .lookup : .seal }
}
