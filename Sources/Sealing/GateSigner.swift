package import Access
private import Crypto
internal import Glibc

/// Signs what one gate states about callers.
package struct GateSigner: Sendable {
  private let pair: SigningPair
  package let publicKey: GatePublicKey
  package let id: GateKeyID

  init?(_ material: KeyMaterial) {
    guard let pair = SigningPair(material), let key = GatePublicKey(bytes: pair.publicBytes) else {
      return nil
    }
    self.pair = pair
    publicKey = key
    id = key.id
  }

  /// Makes a key that is not stored anywhere.
  package static func ephemeral() -> GateSigner? { GateSigner(KeyMaterial()) }

  /// The signature, 64 bytes; nil where the system can't sign.
  package func sign(_ text: String) -> [UInt8]? { pair.sign(text) }
}

extension GatePublicKey {
  /// The key's id: the SHA-256 of its JWK (RFC 7638).
  package var id: GateKeyID {
    var digest = SIMD32<UInt8>()
    for (index, byte) in SHA256.hash(data: Array(thumbprintText.utf8)).enumerated() { digest[index] = byte }
    return GateKeyID(digest)
  }
}

/// The file with a gate's own key, in a folder of the gate's account. The rules are those for the store's
/// keys, but without the exception for a group, because anybody who can read this key can impersonate
/// everybody.
package struct GateKeyFile: Hashable, Sendable {
  package let path: String
  private let folder: KeyFolder

  /// - Parameters:
  ///   - checksRights: whether a file or folder that others can access is refused.
  ///   - trustedOwner: an account, beside this one and root, whose key is accepted.
  package init(path: String, checksRights: Bool = true, trustedOwner: UInt32? = nil) {
    self.path = path
    let end = path.utf8.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex
    let parent = String(path[..<end])
    folder = KeyFolder(
      path: parent.isEmpty ? "/" : parent, checksRights: checksRights, trustedOwner: trustedOwner)
  }

  /// Errors: ``SealingError``.
  package func load() throws(SealingError) -> GateSigner {
    if folder.checksRights { try folder.checkFolder() }
    guard let signer = GateSigner(try folder.read(.gate, at: path)) else { throw .malformed(path: path) }
    return signer
  }

  /// Loads the key. The first time the key is made, with mode 0600, and its folder with mode 0700 where it is
  /// missing. Where two processes make the key at the same moment, both get the same key.
  ///
  /// Errors: ``SealingError``.
  package func loadOrMake() throws(SealingError) -> (signer: GateSigner, isNew: Bool) {
    if mkdir(folder.path, 0o700) != 0, errno != EEXIST {
      throw .notWritable(path: path, reason: systemReason(errno))
    }
    do { return (try load(), false) } catch {
      guard case .missing = error else { throw error }
    }
    let isNew = try make()
    return (try load(), isNew)
  }

  /// Makes the key; false where another process was faster. The file at the path is always complete.
  private func make() throws(SealingError) -> Bool {
    // The name has no process number, because gates in containers that share the folder may have the same
    // number.
    let unfinished = "\(path).part-" + String(UInt64.random(in: .min ... .max), radix: 16)
    try writeNewFile(unfinished, Array(folder.line(KeyMaterial(), .gate).utf8))
    defer { unlink(unfinished) }
    if link(unfinished, path) == 0 { return true }
    guard errno == EEXIST else { throw .notWritable(path: path, reason: systemReason(errno)) }
    return false
  }
}
