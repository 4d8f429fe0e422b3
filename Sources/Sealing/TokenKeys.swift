package import Access
internal import Crypto
private import Foundation

/// Turns a Token ID into the hash by which it is found: HMAC-SHA256 (RFC 2104).
package struct LookupKey: Sendable {
  package let id: KeyID
  /// The code of nothing yet: the key is taken in once, and not with each Token ID.
  private let begun: HMAC<SHA256>

  init(_ material: KeyMaterial) {
    id = material.id
    begun = HMAC<SHA256>(key: material.key)
  }

  /// The hash of a Token ID. Different Token IDs have different hashes, and a hash is useless without the
  /// key.
  package func hash(of id: TokenID) -> LookupHash {
    var code = begun
    code.update(data: Data(id.revealed.utf8))
    var digest = SIMD32<UInt8>()
    for (index, byte) in code.finalize().enumerated() { digest[index] = byte }
    return LookupHash(key: self.id, digest: digest)
  }
}

/// Seals Token IDs with AES-256-GCM (NIST SP 800-38D), so that they can be copied again later.
///
/// The ids of the row, the token and its user are associated data. A sealed value that was moved to another
/// row can't be opened there.
package struct SealKey: Sendable {
  package let id: KeyID
  private let key: SymmetricKey

  init(_ material: KeyMaterial) {
    id = material.id
    key = material.key
  }

  package func seal(_ tokenID: TokenID, for place: SealPlace) throws(SealingError) -> SealedTokenID {
    let box = try? AES.GCM.seal(Data(tokenID.revealed.utf8), using: key, authenticating: place.associatedData)
    guard let combined = box?.combined, let sealed = SealedTokenID(key: id, bytes: Array(combined)) else {
      throw .notSealed
    }
    return sealed
  }

  package func open(_ sealed: SealedTokenID, for place: SealPlace) throws(SealingError) -> TokenID {
    guard sealed.key == id else { throw .otherKey(sealed.key) }
    guard let box = try? AES.GCM.SealedBox(combined: sealed.bytes),
      let clear = try? AES.GCM.open(box, using: key, authenticating: place.associatedData),
      let tokenID = try? TokenID(String(decoding: clear, as: UTF8.self))
    else { throw .notAuthentic }
    return tokenID
  }
}

/// The row to which a sealed Token ID belongs.
package struct SealPlace: Hashable, Sendable {
  package let row: TokenSecretID
  package let token: TokenRowID
  package let account: AccountID

  package init(row: TokenSecretID, token: TokenRowID, account: AccountID) {
    self.row = row
    self.token = token
    self.account = account
  }

  package init(_ stored: StoredTokenID) {
    self.init(row: stored.id, token: stored.token, account: stored.account)
  }

  fileprivate var associatedData: Data {
    var data = Data("popsec token id 1".utf8)
    for id in [row.rawValue, token.rawValue, account.rawValue] {
      withUnsafeBytes(of: id.bigEndian) { data.append(contentsOf: $0) }
    }
    return data
  }
}

/// The keys of a store that a process has. Without the seal key, tokens can be found, but neither revealed
/// nor made.
package struct TokenKeys: Sendable {
  package let lookup: LookupKey
  package let seal: Result<SealKey, SealingError>
  package let audit: AuditKeys

  package init(lookup: LookupKey, seal: Result<SealKey, SealingError>, audit: AuditKeys = .none) {
    self.lookup = lookup
    self.seal = seal
    self.audit = audit
  }

  /// Makes keys that are not stored anywhere, for tests and temporary stores.
  package static func ephemeral() -> TokenKeys {
    TokenKeys(lookup: LookupKey(KeyMaterial()), seal: .success(SealKey(KeyMaterial())), audit: .ephemeral())
  }
}

/// A key of 32 random bytes, and the id by which rows name it.
struct KeyMaterial: Sendable {
  let key: SymmetricKey
  let id: KeyID

  init() { self.init(SymmetricKey(size: .bits256)) }

  init(bytes: [UInt8]) { self.init(SymmetricKey(data: bytes)) }

  var bytes: [UInt8] { key.withUnsafeBytes { Array($0) } }

  init(_ key: SymmetricKey) {
    self.key = key
    var digest = SHA256()
    digest.update(data: Data("popsec key id 1".utf8))
    key.withUnsafeBytes { digest.update(bufferPointer: $0) }
    id = KeyID(digest.finalize().prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
  }
}
