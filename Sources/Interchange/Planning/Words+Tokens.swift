import Access
import Administration
import Store

extension NameBook {
  /// What becomes of an account's tokens. Never a Token ID, not even its hint.
  func tokens(_ before: [NameKey: TokenContent], _ after: [NameKey: TokenContent]) -> Words {
    var words = Words()
    for key in Set(before.keys).union(after.keys).sorted() {
      switch (before[key], after[key]) {
      case (let before?, let after?): words.add(changes(before, after.keeping(before)))
      case (nil, let after?): words.add(addition(after))
      case (let before?, nil): words.add("token \(before.name.text)", nil, "revoked for good")
      case (nil, nil): break
      }
    }
    return words
  }

  private func addition(_ token: TokenContent) -> Words {
    var words = Words("token \(token.name.text): ")
    words.add("from", nil, token.validFrom?.description)
    words.add("expires", nil, token.expiry?.text ?? "in \(Expiry.defaultDays) days")
    words.add("disabled", nil, token.isDisabled, usual: false)
    words.add(limits(nil, token.limits, of: token.name))
    return words
  }

  private func changes(_ before: TokenContent, _ after: TokenContent) -> Words {
    var words = Words("token \(before.name.text): ")
    words.add("name", before.name.text, after.name.text)
    words.add("from", before.validFrom?.description, after.validFrom?.description)
    if let expiry = after.expiry { words.add("expires", before.expiry?.text, expiry.text) }
    words.add("disabled", before.isDisabled, after.isDisabled, usual: false)
    words.add(limits(before.limits, after.limits, of: before.name))
    if after.hidden != before.hidden { words.add("limits to what left the catalogue", nil, "dropped") }
    return words
  }

  private func limits(_ before: TokenLimits?, _ after: TokenLimits, of token: Name) -> Words {
    var words = Words("token \(token.text): ")
    words.add("widgets", names(before?.widgets ?? [], \.widgets), names(after.widgets, \.widgets))
    words.add("endpoints", names(before?.endpoints ?? [], \.endpoints), names(after.endpoints, \.endpoints))
    words.add(
      "networks", (before?.networks ?? []).map(\.description).sorted(),
      after.networks.map(\.description).sorted())
    words.add(
      "ratePerMinute", before?.requestsPerMinute.map(String.init), after.requestsPerMinute.map(String.init))
    return words
  }
}

extension TokenContent {
  /// Whether a token that has this needs nothing to become that.
  func isSettled(by file: TokenContent) -> Bool {
    let wanted = file.keeping(self)
    return name == wanted.name && validFrom == wanted.validFrom
      && (wanted.expiry == nil || wanted.expiry == expiry)
      && isDisabled == wanted.isDisabled && allLimits == wanted.allLimits
  }
}

extension AccountContent {
  /// Whether an account that has this needs nothing to become that.
  func isSettled(by wanted: AccountContent) -> Bool {
    guard general == wanted.general, keys == wanted.keys, teams == wanted.teams, roles == wanted.roles,
      grants == wanted.grants
    else { return false }
    guard let tokens = wanted.tokens else { return true }
    let present = self.tokens ?? [:]
    return present.count == tokens.count
      && tokens.allSatisfy { key, token in present[key]?.isSettled(by: token) ?? false }
  }
}
