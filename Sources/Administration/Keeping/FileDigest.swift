private import Access
private import Crypto

/// The SHA-256 of bytes that arrive in pieces.
package struct FileDigest {
  private var hash = SHA256()

  package init() {}

  package mutating func add(_ bytes: UnsafeRawBufferPointer) { hash.update(bufferPointer: bytes) }

  /// The digest as 64 hexadecimal digits.
  package var digits: String { hex(hash.finalize()) }
}
