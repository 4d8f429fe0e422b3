package import Access

/// A list of a connector, for one of the connector's companies.
package struct ReachedPair: Hashable, Sendable {
  package let connector: ConnectorID
  package let pair: AccessPair
}

/// An item of a list, for one company.
package struct ReachedItem: Hashable, Sendable {
  package let connector: ConnectorID
  package let pair: AccessPair
  package let item: ItemID
}

/// A widget or endpoint that a token opens.
package enum TokenPlace: Hashable, Sendable {
  case widget(WidgetID)
  case endpoint(EndpointID)
  case api
}

/// What changes for one user or API user.
package struct AccountEffect: Hashable, Sendable {
  package let account: AccountID
  package let kind: AccountKind
  /// What is gained, each with the time in which it is: without bounds from now on and for good. Of several times the
  /// first one is told.
  package let gainedPairs: [ReachedPair: Bounds]
  package let lostPairs: [ReachedPair: Bounds]
  package let gainedItems: [ReachedItem: Bounds]
  package let lostItems: [ReachedItem: Bounds]
  package let tokens: [TokenEffect]

  package var isEmpty: Bool {
    gainedPairs.isEmpty && lostPairs.isEmpty && gainedItems.isEmpty && lostItems.isEmpty && tokens.isEmpty
  }
  package var gains: Bool { !gainedPairs.isEmpty || !gainedItems.isEmpty }
  package var loses: Bool { !lostPairs.isEmpty || !lostItems.isEmpty }
}

/// What changes for one token that is live before or after.
package struct TokenEffect: Hashable, Sendable {
  package let token: TokenRowID
  package let gained: Set<TokenPlace>
  package let lost: Set<TokenPlace>
  /// Whether the token opened something before, and opens nothing after.
  package let losesLast: Bool
}

/// An effect that is called out in words.
package enum EffectWarning: Hashable, Sendable {
  /// A law would be broken that is not broken now.
  case breaksLaw(LawConsequence)
  /// Not everybody whom the change touches was looked at, so that more laws may be broken.
  case mayBreakMoreLaws
  /// A live token loses its last access.
  case lastAccess(TokenRowID, of: AccountID)
  /// An API user becomes Administrator.
  case administratorToAPIUser(AccountID)
  /// A user becomes Administrator.
  case administratorToUser(AccountID)
  /// The operator loses the system role Administrator.
  case noLongerAdministrator(AccountID)
  /// A connector loses its last company.
  case lastCompany(Name, WidenedGrants)
}

/// The effect of a change on who may see what. It is found by deciding before and after the change.
package struct AccessEffect: Sendable {
  /// The accounts for which something changes, users last; at most ``EffectBounds/listed``.
  package internal(set) var accounts: [AccountEffect] = []
  package internal(set) var warnings: [EffectWarning] = []
  package internal(set) var gainingAccounts = 0
  package internal(set) var losingAccounts = 0
  package internal(set) var gainedPairs = 0
  package internal(set) var lostPairs = 0
  package internal(set) var gainingTokens = 0
  package internal(set) var losingTokens = 0
  /// The number of accounts that were compared.
  package internal(set) var examined = 0
  /// Whether some accounts were not compared, so that all counts are lower bounds.
  package internal(set) var isCut = false
  package internal(set) var names = NameBook()
  /// Whether the change waits until a second person agrees.
  package internal(set) var takesTwo = false

  /// Makes an effect without any change.
  package init() {}

  /// Whether no compared account's access changes, and nobody has to agree.
  package var isEmpty: Bool { changesNobody && !takesTwo }

  /// Whether no compared account's access changes.
  package var changesNobody: Bool {
    gainingAccounts + losingAccounts + gainingTokens + losingTokens == 0 && warnings.isEmpty && !isCut
  }

  /// Whether a law refuses the change.
  package var isRefused: Bool {
    warnings.contains { if case .breaksLaw(let consequence) = $0 { consequence.isRefused } else { false } }
  }

  mutating func add(_ effect: AccountEffect, _ bounds: EffectBounds) {
    guard !effect.isEmpty else { return }
    gainingAccounts += effect.gains ? 1 : 0
    losingAccounts += effect.loses ? 1 : 0
    gainedPairs += effect.gainedPairs.count
    lostPairs += effect.lostPairs.count
    gainingTokens += effect.tokens.count { !$0.gained.isEmpty }
    losingTokens += effect.tokens.count { !$0.lost.isEmpty }
    if accounts.count < bounds.listed { accounts.append(effect) }
    warnings += effect.tokens.filter(\.losesLast).prefix(max(0, bounds.listed - warnings.count))
      .map { .lastAccess($0.token, of: effect.account) }
  }
}

/// The limits of a rehearsal, during which others can't write.
package struct EffectBounds: Hashable, Sendable {
  /// The greatest number of accounts that are compared.
  package var examined: Int
  /// The greatest number of accounts that are listed one by one.
  package var listed: Int

  package init(examined: Int = 2_000, listed: Int = 200) {
    self.examined = examined
    self.listed = listed
  }
}
