package import Access

/// A list of a connector, for one of its companies.
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

/// What a token opens.
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

/// What changes for one token that was, or becomes, live.
package struct TokenEffect: Hashable, Sendable {
  package let token: TokenRowID
  package let gained: Set<TokenPlace>
  package let lost: Set<TokenPlace>
  /// It opened something, and opens nothing any more.
  package let losesLast: Bool
}

/// What is called out in words.
package enum EffectWarning: Hashable, Sendable {
  /// The last access of a live token goes.
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

/// What a change does to who may see what, found by deciding before and after it.
package struct AccessEffect: Sendable {
  /// Those for whom something changes, users last; at most ``EffectBounds/listed``.
  package internal(set) var accounts: [AccountEffect] = []
  package internal(set) var warnings: [EffectWarning] = []
  package internal(set) var gainingAccounts = 0
  package internal(set) var losingAccounts = 0
  package internal(set) var gainedPairs = 0
  package internal(set) var lostPairs = 0
  package internal(set) var gainingTokens = 0
  package internal(set) var losingTokens = 0
  /// How many accounts were looked at.
  package internal(set) var examined = 0
  /// Whether there were more than were looked at, so that all counts are lower bounds.
  package internal(set) var isCut = false
  package internal(set) var names = NameBook()
  /// Whether it isn't done when it is asked for: it waits until a second person agrees.
  package internal(set) var takesTwo = false

  /// No effect at all.
  package init() {}

  /// Nobody's access changes, as far as was looked, and nobody has to agree.
  package var isEmpty: Bool { changesNobody && !takesTwo }

  /// Nobody's access changes, as far as was looked.
  package var changesNobody: Bool {
    gainingAccounts + losingAccounts + gainingTokens + losingTokens == 0 && warnings.isEmpty && !isCut
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

/// How far a rehearsal looks. Others can't write meanwhile.
package struct EffectBounds: Hashable, Sendable {
  /// The most accounts that are looked at.
  package var examined: Int
  /// The most that are listed one by one.
  package var listed: Int

  package init(examined: Int = 2_000, listed: Int = 200) {
    self.examined = examined
    self.listed = listed
  }
}
