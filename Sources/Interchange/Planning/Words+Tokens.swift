import Access
import Administration
import Store

extension NameBook {
  /// The words for the changes of an account's tokens. They never have a Token ID, or even its hint.
  func tokens(_ before: [NameKey: TokenContent], _ after: [NameKey: TokenContent]) -> Words {
    var words = Words()
    for key in Set(before.keys).union(after.keys).sorted() {
      switch (before[key], after[key]) {
      case (let before?, let after?): words.add(changes(before, after.keeping(before)))
      case (nil, let after?): words.add(addition(after))
      case (let before?, nil): words.add("token \(before.terms.name.text)", nil, "revoked for good")
      case (nil, nil): break
      }
    }
    return words
  }

  private func addition(_ token: TokenContent) -> Words {
    var words = Words("token \(token.terms.name.text): ")
    if token.usesDefaultExpiry { words.add("expires", nil, "in \(Expiry.defaultDays) days") }
    for field in TokenTerms.fields where !(token.usesDefaultExpiry && field.key == "expires") {
      words.add(field, nil, token.terms, self)
    }
    return words
  }

  private func changes(_ before: TokenContent, _ after: TokenContent) -> Words {
    var words = Words("token \(before.terms.name.text): ")
    words.add(before.terms, after.terms, self)
    if after.hidden != before.hidden { words.add("limits to what left the catalogue", nil, "dropped") }
    return words
  }
}

extension TokenContent {
  /// Whether a token with this content needs no change to become as the file says.
  func isSettled(by file: TokenContent) -> Bool { allTerms == file.keeping(self).allTerms }
}

extension AccountContent {
  /// Whether an account with this content needs no change to become as wanted.
  func isSettled(by wanted: AccountContent) -> Bool {
    guard Self.fields.allSatisfy({ $0.isEqual(self, wanted) }), grants == wanted.grants else { return false }
    guard let tokens = wanted.tokens else { return true }
    let present = self.tokens ?? [:]
    return present.count == tokens.count
      && tokens.allSatisfy { key, token in present[key]?.isSettled(by: token) ?? false }
  }
}
