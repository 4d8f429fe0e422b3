package import Access
private import Sealing
private import Store

/// The owner of a Token ID.
package struct TokenOwner: Hashable, Sendable {
  package let account: Account
  package let token: Token

  package init(account: Account, token: Token) { (self.account, self.token) = (account, token) }
}

extension Administration {
  /// Finds the owner of a Token ID, which is the first question of support staff. It takes what a person
  /// pasted: a Token ID, or an address that carries one. The text is neither kept nor repeated in an error.
  ///
  /// Where the seal key is present, the row that the hash leads to must have been made for this Token ID.
  ///
  /// Errors: ``AdministrationError/badTokenID(_:)``, ``AdministrationError/unknownTokenID``,
  /// ``AdministrationError/ownerDeleted``, ``AdministrationError/tokenRowDamaged``.
  package func whois(pasted: String) throws -> TokenOwner {
    let tokenID = try PastedTokenID.find(in: pasted)
    return try read(.useCase(.securityRead)) { reader in
      let hashes = ring.hashes(of: tokenID, try reader.presentKeyUse(.lookup))
      guard let stored = try hashes.all.firstNonNil(reader.storedTokenID),
        let token = try reader.token(stored.token), let account = try reader.account(stored.account)
      else {
        if try hashes.all.contains(where: reader.isOfDeletedAccount) {
          throw AdministrationError.ownerDeleted
        }
        if let missing = hashes.missing { throw SealingError.unknownKey(.lookup, missing) }
        throw AdministrationError.unknownTokenID
      }
      try check(stored, isOf: tokenID)
      return TokenOwner(account: account, token: token)
    }
  }

  /// Checks the row. Somebody who can write the store could make a hash lead to any row.
  private func check(_ stored: StoredTokenID, isOf tokenID: TokenID) throws {
    guard case .success = keys.seal else { return }
    do {
      guard try ring.seal(stored.sealed.key).open(stored.sealed, for: SealPlace(stored)) == tokenID else {
        throw AdministrationError.tokenRowDamaged
      }
    } catch SealingError.notAuthentic { throw AdministrationError.tokenRowDamaged }
  }
}

extension Sequence {
  /// The first result that is not nil.
  func firstNonNil<Result>(_ find: (Element) throws -> Result?) rethrows -> Result? {
    for element in self { if let found = try find(element) { return found } }
    return nil
  }
}

/// Reads a Token ID from a pasted text.
package enum PastedTokenID {
  /// Whether a text may be part of a Token ID or of an address that carries one. Such a text must not be
  /// echoed where one is expected. White space within it is ignored.
  package static func looksSecret(_ text: String) -> Bool {
    let dense = String(text.lowercased().filter { !$0.isWhitespace })
    return dense.contains(TokenID.prefix) || dense.contains("token=") || longestRun(dense) >= 20
  }

  /// Whether a text holds most of a Token ID, wherever it would be shown.
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
  /// The first place of a text. The standard library has no such function without Foundation.
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
