package import Access
private import Sealing
private import Store

/// Whose a Token ID is.
package struct TokenOwner: Hashable, Sendable {
  package let account: Account
  package let token: Token
}

extension Administration {
  /// Finds whose a Token ID is: support's first question. It takes what a person pasted: a Token
  /// ID, or an address that carries one; neither is kept nor repeated in an error.
  ///
  /// Where the seal key is there, the row that its hash leads to must have been made for it.
  ///
  /// Errors: ``AdministrationError/badTokenID(_:)``, ``AdministrationError/unknownTokenID``,
  /// ``AdministrationError/ownerDeleted``, ``AdministrationError/tokenRowDamaged``.
  package func whois(pasted: String) throws -> TokenOwner {
    let tokenID = try PastedTokenID.find(in: pasted)
    let hash = keys.lookup.hash(of: tokenID)
    return try read { reader in
      guard let stored = try reader.storedTokenID(hash), let token = try reader.token(stored.token),
        let account = try reader.account(stored.account)
      else {
        let isDeleted = try reader.isOfDeletedAccount(hash)
        throw isDeleted ? AdministrationError.ownerDeleted : .unknownTokenID
      }
      try check(stored, isOf: tokenID)
      return TokenOwner(account: account, token: token)
    }
  }

  /// Who can write the store could have a hash lead to anybody.
  private func check(_ stored: StoredTokenID, isOf tokenID: TokenID) throws {
    guard case .success(let key) = keys.seal else { return }
    do {
      guard try key.open(stored.sealed, for: SealPlace(stored)) == tokenID else {
        throw AdministrationError.tokenRowDamaged
      }
    } catch SealingError.notAuthentic { throw AdministrationError.tokenRowDamaged }
  }
}

/// Reads a Token ID out of what was pasted.
package enum PastedTokenID {
  /// Whether a text may be part of a Token ID or an address that carries one, and must not be
  /// echoed where one is expected: white space between counts for nothing.
  package static func looksSecret(_ text: String) -> Bool {
    let dense = String(text.lowercased().filter { !$0.isWhitespace })
    return dense.contains(TokenID.prefix) || dense.contains("token=") || longestRun(dense) >= 20
  }

  /// Whether a text holds most of a Token ID, wherever it is shown.
  package static func holdsTokenID(_ text: String) -> Bool {
    text.split(separator: TokenID.prefix, omittingEmptySubsequences: false).dropFirst()
      .contains { longestRun($0.prefix(12)) == 12 }
  }

  private static func longestRun(_ text: some StringProtocol) -> Int {
    var (longest, run) = (0, 0)
    for byte in text.utf8 {
      let isWord =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      run = isWord ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }

  package static func find(in pasted: String) throws(AdministrationError) -> TokenID {
    do { return try parse(pasted) } catch { throw .badTokenID(error) }
  }

  package static func parse(_ pasted: String) throws(TokenIDProblem) -> TokenID {
    var text = pasted.drop { $0.isWhitespace }[...]
    while text.last?.isWhitespace == true { text.removeLast() }
    if let parameter = text.range(of: "token=") {
      text = text[parameter.upperBound...].prefix { $0 != "&" && $0 != "#" && !$0.isWhitespace }
    }
    return try TokenID(text)
  }
}

extension Substring {
  /// The first place of a text; the standard library's own is Foundation's.
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
