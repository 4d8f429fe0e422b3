package import Access
private import Sealing
private import Store

/// Finds whole Token IDs in a text that arrives in pieces, by their beginning, their length and their
/// checksum.
package struct TokenIDScanner: Sendable {
  package struct Found: Sendable {
    package let id: TokenID
    /// The number of the line, counted from 1.
    package let line: Int
  }

  private var rest: [UInt8] = []
  private var line = 1

  package init() {}

  /// The Token IDs that end in this piece; they may have begun in an earlier one.
  package mutating func scan(_ piece: some Collection<UInt8>) -> [Found] {
    rest += piece
    var found: [Found] = []
    let prefix = Array(TokenID.prefix.utf8)
    var index = 0
    while index + TokenID.characterCount <= rest.count {
      if rest[index] == prefix[0], rest[index..<index + prefix.count].elementsEqual(prefix) {
        let text = String(decoding: rest[index..<index + TokenID.characterCount], as: UTF8.self)
        if let id = try? TokenID(text) { found.append(Found(id: id, line: line)) }
      }
      if rest[index] == UInt8(ascii: "\n") { line += 1 }
      index += 1
    }
    rest.removeFirst(index)
    return found
  }
}

extension Administration {
  /// The owner of each of these Token IDs, including revoked tokens; nil where no token has it.
  package func owners(of ids: [TokenID]) throws -> [TokenOwner?] {
    try read { reader in
      let use = try reader.presentKeyUse(.lookup)
      return try ids.map { id in
        let hashes = ring.hashes(of: id, use)
        guard let found = try hashes.all.firstNonNil(reader.token(lookup:)),
          let account = try reader.account(found.token.account)
        else {
          if let missing = hashes.missing { throw SealingError.unknownKey(.lookup, missing) }
          return nil
        }
        return TokenOwner(account: account, token: found.token)
      }
    }
  }
}
