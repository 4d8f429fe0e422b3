private import Access
private import Crypto
private import Foundation
internal import Glibc

/// The folder with a store's keys: `lookup.key`, `seal.key` and the pair for its audit log. Each file is one
/// line of text: the kind of the key, its id, and 32 bytes in base64.
package struct KeyFolder: Hashable, Sendable {
  package let path: String
  /// Whether files that others may read are refused. The folder of systemd's credentials guards them instead
  /// (systemd.exec(5), `LoadCredential=`).
  package let checksRights: Bool
  /// The account, beside this one and root, whose keys are accepted: the owner of a store that is shared with
  /// a group.
  package let trustedOwner: UInt32?

  package init(path: String, checksRights: Bool = true, trustedOwner: UInt32? = nil) {
    self.path = path
    self.checksRights = checksRights
    self.trustedOwner = trustedOwner
  }

  package enum Kind: String, Sendable {
    case lookup, seal
    /// The key that signs the audit log, and checks its signatures.
    case audit
    case auditPublic = "audit-public"
    /// The key that signs the answers of one gate. It lies in a folder of that gate's account, and never in
    /// the store's folder.
    case gate

    /// The kinds of key in a store's folder.
    package static let ofStore = [Kind.lookup, .seal, .audit, .auditPublic]

    fileprivate var label: String { "popsec-\(rawValue)-key-1" }
    /// The rights beyond the owner's that the file may have. The group of a shared store may read the lookup
    /// key.
    fileprivate var toleratedMode: mode_t { isShared ? 0o040 : 0 }

    /// Whether the group of a shared store may read the key.
    package var isShared: Bool { self == .lookup || self == .auditPublic }
  }

  package func file(_ kind: Kind) -> String { path + "/" + kind.rawValue + ".key" }

  /// Makes the folder (0700) where it is missing, and its keys (0600). With a group that may look up tokens
  /// the folder has 0750, and the lookup key and the public key have 0640; the other keys are the owner's
  /// alone. No file is overwritten. Where anything fails, only what this call made is removed.
  package func create(sharedWith group: UInt32? = nil) throws(SealingError) -> TokenKeys {
    let isNew = mkdir(path, 0o700) == 0
    guard isNew || errno == EEXIST else { throw .notWritable(path: path, reason: systemReason(errno)) }
    var made: [String] = []
    do {
      let lookup = try make(.lookup)
      made.append(file(.lookup))
      let seal = try make(.seal)
      made.append(file(.seal))
      let audit = try makeAudit(&made)
      if let group {
        try share(path, with: group, mode: 0o750)
        for kind in Kind.ofStore where kind.isShared { try share(file(kind), with: group, mode: 0o640) }
      }
      return TokenKeys(lookup: LookupKey(lookup), seal: .success(SealKey(seal)), audit: audit)
    } catch {
      for file in made { unlink(file) }
      if isNew { rmdir(path) }
      throw error
    }
  }

  /// Makes the pair for the audit log of a store from before there was such a pair.
  package func addAuditKeys(sharedWith group: UInt32? = nil) throws(SealingError) -> AuditKeys {
    var made: [String] = []
    do {
      let keys = try makeAudit(&made)
      if let group { try share(file(.auditPublic), with: group, mode: 0o640) }
      return keys
    } catch {
      for file in made { unlink(file) }
      throw error
    }
  }

  private func makeAudit(_ made: inout [String]) throws(SealingError) -> AuditKeys {
    let material = KeyMaterial()
    guard let signer = AuditSigner(material) else { throw .notSealed }
    try write(material, .audit)
    made.append(file(.audit))
    try write(signer.verifier.material, .auditPublic)
    made.append(file(.auditPublic))
    return AuditKeys(signer: signer, verifier: signer.verifier)
  }

  func share(_ path: String, with group: gid_t, mode: mode_t) throws(SealingError) {
    guard chown(path, uid_t.max, group) == 0, chmod(path, mode) == 0 else {
      throw .notWritable(path: path, reason: systemReason(errno))
    }
  }

  /// Whether there is a lookup key. A store always has one.
  package var hasLookupKey: Bool { access(file(.lookup), F_OK) == 0 }

  /// Whether this process could read the seal key.
  package var canReadSealKey: Bool { access(file(.seal), R_OK) == 0 }

  /// Loads the lookup key only, for a process that finds tokens and must never reveal one.
  package func loadLookup() throws(SealingError) -> TokenKeys {
    if checksRights { try checkFolder() }
    return TokenKeys(
      lookup: LookupKey(try read(.lookup)), seal: .failure(.notReadable(path: file(.seal))),
      audit: AuditKeys(signer: nil, verifier: (try? read(.auditPublic)).map(AuditVerifier.init)))
  }

  /// Loads the lookup key, which every store has, and the seal key, without which Token IDs can't be copied.
  /// A seal key that others can access is refused, instead of ignored.
  package func load() throws(SealingError) -> TokenKeys {
    if checksRights { try checkFolder() }
    let lookup = LookupKey(try read(.lookup))
    let audit = try loadAudit()
    do { return TokenKeys(lookup: lookup, seal: .success(SealKey(try read(.seal))), audit: audit) } catch {
      switch error {
      case .looseRights, .otherOwner: throw error
      default: return TokenKeys(lookup: lookup, seal: .failure(error), audit: audit)
      }
    }
  }

  /// Loads the pair for the audit log. Without a pair nothing is signed. A pair that others can access is
  /// refused.
  private func loadAudit() throws(SealingError) -> AuditKeys {
    AuditKeys(
      signer: try readIfThere(.audit).flatMap(AuditSigner.init),
      verifier: try readIfThere(.auditPublic).map(AuditVerifier.init))
  }

  private func readIfThere(_ kind: Kind) throws(SealingError) -> KeyMaterial? {
    do { return try read(kind) } catch {
      switch error {
      case .looseRights, .otherOwner: throw error
      default: return nil
      }
    }
  }

  /// The owner of the folder; nil where there is none.
  package var owner: UInt32? { rights?.st_uid }

  /// The group that may enter the folder to look tokens up; nil for a folder of one account.
  package var sharingGroup: UInt32? {
    rights.flatMap { $0.st_mode & 0o070 == 0o050 ? $0.st_gid : nil }
  }

  private var rights: stat? {
    var status = stat()
    return stat(path, &status) == 0 ? status : nil
  }

  /// Checks the folder, because anybody who may write it may put other keys into it. A group that looks up
  /// tokens may enter it.
  func checkFolder() throws(SealingError) {
    var status = stat()
    // Where the folder is missing, the keys are missing as well, and that is reported.
    guard stat(path, &status) == 0 else { return }
    let mode = status.st_mode & 0o777
    guard mode & 0o027 == 0 else { throw .looseFolder(path: path, mode: String(mode, radix: 8)) }
    try checkOwner(status, path)
  }

  /// Checks the owner, who may change the rights at any time. Root may change those of any file.
  private func checkOwner(_ status: stat, _ path: String) throws(SealingError) {
    guard status.st_uid == geteuid() || status.st_uid == 0 || status.st_uid == trustedOwner else {
      throw .otherOwner(path: path, owner: status.st_uid)
    }
  }

  private func make(_ kind: Kind) throws(SealingError) -> KeyMaterial {
    let material = KeyMaterial()
    try write(material, kind)
    return material
  }

  private func write(_ material: KeyMaterial, _ kind: Kind) throws(SealingError) {
    try writeNewFile(file(kind), Array(line(material, kind).utf8))
  }

  func line(_ material: KeyMaterial, _ kind: Kind) -> String {
    let secret = material.key.withUnsafeBytes { Data($0).base64EncodedString() }
    return "\(kind.label) \(material.id.rawValue) \(secret)\n"
  }

  private func read(_ kind: Kind) throws(SealingError) -> KeyMaterial { try read(kind, at: file(kind)) }

  func read(_ kind: Kind, at path: String) throws(SealingError) -> KeyMaterial {
    let text = try readSmallFile(path, tolerating: kind.toleratedMode)
    let line = text.split(separator: "\n", omittingEmptySubsequences: false).first ?? ""
    guard let material = Self.material(line, kind) else { throw .malformed(path: path) }
    return material
  }

  /// Reads a line; nil where it is not a key of this kind.
  static func material(_ line: Substring, _ kind: Kind) -> KeyMaterial? {
    let fields = line.split(separator: " ", omittingEmptySubsequences: false)
    guard fields.count == 3, fields[0] == kind.label, let bytes = Data(base64Encoded: String(fields[2])),
      bytes.count == 32
    else { return nil }
    let material = KeyMaterial(SymmetricKey(data: bytes))
    return material.id.rawValue == fields[1] ? material : nil
  }

  private static func notOpened(_ path: String, _ code: Int32) -> SealingError {
    switch code {
    case ENOENT, ENOTDIR: .missing(path: path)
    // The path leads to a socket, or to a device that doesn't exist.
    case ENXIO, ENODEV: .malformed(path: path)
    default: .notReadable(path: path)
    }
  }

  /// Reads a small file without blocking, because a FIFO that nobody writes would block for ever.
  ///
  /// - Parameter limit: the size in bytes from which on a file is too large.
  func readSmallFile(
    _ path: String, tolerating more: mode_t, atMost limit: Int = 256
  ) throws(SealingError) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard descriptor >= 0 else { throw Self.notOpened(path, errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .malformed(path: path)
    }
    let mode = status.st_mode & 0o777
    if checksRights, mode & 0o077 & ~more != 0 {
      throw .looseRights(path: path, mode: String(mode, radix: 8))
    }
    if checksRights { try checkOwner(status, path) }
    guard status.st_size < limit else { throw .malformed(path: path) }
    var buffer = [UInt8](repeating: 0, count: min(limit, Int(status.st_size) + 1))
    let count = Glibc.read(descriptor, &buffer, buffer.count)
    guard count > 0, count < buffer.count else { throw .malformed(path: path) }
    return String(decoding: buffer[..<count], as: UTF8.self)
  }
}

/// Makes a file that only its owner may read. The file is on disk when the function returns.
func writeNewFile(_ path: String, _ bytes: [UInt8]) throws(SealingError) {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
  guard descriptor >= 0 else {
    throw errno == EEXIST ? .exists(path: path) : .notWritable(path: path, reason: systemReason(errno))
  }
  defer { close(descriptor) }
  guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
    let reason = systemReason(errno)
    unlink(path)
    throw .notWritable(path: path, reason: reason)
  }
}

func systemReason(_ code: Int32) -> String { String(cString: strerror(code)).lowercased() }
