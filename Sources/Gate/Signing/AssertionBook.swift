internal import Access
package import Administration
package import Sealing
private import Synchronization

/// Makes the assertions of one gate. Because signing takes longer than deciding, each assertion is kept until the store
/// changes in a way that may alter what it says, or the assertion has too little time left.
///
/// A gate signs only while the store names its key as one to believe. Without that it continues to decide,
/// and an application that asks for assertions denies requests that have none.
package final class AssertionBook: Sendable {
  private struct Key: Hashable, Sendable {
    let identity: IdentityKey
    let host: String
  }

  private struct Kept {
    let text: String
    let from: Timestamp
    /// The time from which a new assertion is made.
    let until: Timestamp
  }

  private struct Known {
    var state: KeptState?
    /// The issuer in whose name the gate signs; nil where the gate is not believed.
    var issuer: String?
    var kept: [Key: Kept] = [:]
    /// The keys of those that are about an account. The others are about open widgets.
    var keys = KeptByAccount<Key>()
    var byteCount = 0
    var isFailing = false

    mutating func keep(_ new: Kept, _ key: Key, of account: AccountID?) {
      if byteCount + new.text.utf8.count > AssertionBook.maximumBytes {
        (kept, keys, byteCount) = ([:], KeptByAccount(), 0)
      }
      byteCount += new.text.utf8.count
      if let before = kept.updateValue(new, forKey: key) {
        byteCount -= before.text.utf8.count
      } else if let account {
        keys.enter(key, of: account)
      }
    }

    mutating func forget(_ accounts: Set<AccountID>) {
      for key in keys.take(accounts) {
        if let old = kept.removeValue(forKey: key) { byteCount -= old.text.utf8.count }
      }
    }
  }

  /// Whether an assertion was signed or kept, or why there is none.
  package enum Source: String, Sendable, CaseIterable { case signed, kept, none }

  private static let maximumBytes = 32_000_000

  package let signer: GateSigner
  private let issuer: String?
  private let log: GateLog
  private let registering: String
  private let known = Mutex(Known())

  /// - Parameters:
  ///   - issuer: the issuer in the assertions; nil for `popsec:` and the store's id.
  ///   - registering: the command that registers the key, for people.
  package init(_ signer: GateSigner, issuer: String? = nil, registering: String = "", log: GateLog = .none) {
    self.signer = signer
    self.issuer = issuer
    self.registering = registering
    self.log = log
  }

  /// An assertion as a request gets it.
  struct Given {
    /// The text; empty where there is none.
    let text: String
    let source: Source
    /// The time from which the same request gets another one; nil where nobody can tell.
    let until: Timestamp?

    static let none = Given(text: "", source: .none, until: nil)
  }

  /// The assertion for an allowed request. The enforcer must be the one that has just decided.
  func assertion(
    _ outcome: GateOutcome, _ identity: IdentityHeaders, host: String, decision: DecisionID,
    _ enforcer: Enforcer
  ) -> Given {
    guard outcome.isAllowed else { return .none }
    let (state, now) = (enforcer.state, enforcer.now)
    guard let issuer = believedIssuer(enforcer) else { return .none }
    let key = IdentityKey(outcome).map { Key(identity: $0, host: host) }
    if let kept = kept(key, state), kept.from <= now, now < kept.until {
      return Given(text: kept.text, source: .kept, until: kept.until)
    }
    let claims = AssertionClaims(
      outcome, identity, issuer: issuer, audience: host, decision: decision, at: now)
    guard let claims, let text = SignedAssertion.text(claims, signer) else { return .none }
    let rest = now.adding(seconds: AssertionClaims.lifetimeSeconds - AssertionClaims.leastSeconds)
    let until = min(rest, claims.expiresAt)
    keep(Kept(text: text, from: now, until: until), key, of: outcome.account, state)
    return Given(text: text, source: .signed, until: until)
  }

  /// Whether applications believe this gate in the present state of the store. A change is logged.
  package func isBelieved(_ enforcer: Enforcer) -> Bool { believedIssuer(enforcer) != nil }

  /// Whether the book can tell without the store whether this gate is believed.
  func knows(_ state: KeptState) -> Bool { known.withLock { $0.state == state } }

  private func believedIssuer(_ enforcer: Enforcer) -> String? {
    let state = enforcer.state
    if let found = known.withLock({ $0.state == state ? Optional($0.issuer) : nil }) { return found }
    let trusted: TrustedGateKeys
    do { trusted = try enforcer.trustedGateKeys() } catch {
      let isNew = known.withLock { known in
        defer { known.isFailing = true }
        return !known.isFailing
      }
      if isNew {
        log.fail("can't tell whether this gate's key is registered", error)
      }
      return nil
    }
    let isBelieved = trusted.keys.contains { $0.publicKey == signer.publicKey }
    let present = isBelieved ? issuer ?? "popsec:\(trusted.store)" : nil
    enter(present, enforcer.state)
    return present
  }

  /// Takes over a newer state. A thread that has an older state changes nothing.
  private func enter(_ issuer: String?, _ state: KeptState) {
    let isNews = known.withLock { known in
      if let present = known.state, !state.isAhead(of: present) { return false }
      let isNews = known.state == nil || known.issuer != issuer || known.isFailing
      known = Known(state: state, issuer: issuer)
      return isNews
    }
    guard isNews else { return }
    if let issuer {
      log.write(.info, "answers carry assertions", ["key": signer.id.rawValue, "issuer": issuer])
    } else {
      log.write(
        .error, "answers carry no assertion: this gate's key is not registered",
        ["key": signer.id.rawValue, "hint": registering])
    }
  }

  private func kept(_ key: Key?, _ state: KeptState) -> Kept? {
    guard let key else { return nil }
    return known.withLock { $0.state == state ? $0.kept[key] : nil }
  }

  private func keep(_ kept: Kept, _ key: Key?, of account: AccountID?, _ state: KeptState) {
    guard let key else { return }
    known.withLock { known in
      if known.state == state { known.keep(kept, key, of: account) }
    }
  }

  /// Forgets whatever may not be so in a later state. Which keys are believed is the same in it, because a change of that
  /// may alter anybody's answers.
  func advance(_ advance: KeptAdvance) {
    known.withLock { known in
      guard let state = known.state, advance.leads(from: state) else { return }
      known.forget(advance.accounts)
      known.state = advance.to
    }
  }
}

extension GateOutcome {
  /// Whose the token is that was shown and allowed something.
  fileprivate var account: AccountID? {
    if case .allowed(let verdict, _) = self { verdict.question.request.token.known?.account } else { nil }
  }
}
