package import Access
internal import Store

/// What was found when somebody looked who breaks one law now.
package struct LawLook: Hashable, Sendable {
  /// One counterexample.
  package struct Found: Hashable, Sendable {
    package let breach: LawBreach
    /// The kind of the account that breaks the law; nil for an open widget.
    package let kind: AccountKind?
    package let words: LawConsequence
    /// The things that the account can see, as in `Sales Orders of MX (Business Central), by team:Sales MX`.
    package let things: [String]
  }

  package enum Standing: Hashable, Sendable {
    case holds, broken
    /// No breach was found before the look was stopped.
    case unfinished
  }

  /// At most as many as were asked for.
  package let found: [Found]
  /// Whether everybody whom the law may mean was looked at.
  package let isWhole: Bool
  /// What the law names and nothing is named so far, as in `list “Payroll Entries”`.
  package let unknown: [String]

  package var standing: Standing { found.isEmpty ? (isWhole ? .holds : .unfinished) : .broken }
}

extension Administration {
  /// Whether the operator could change laws when the store was last asked. Each change asks again.
  package var mayChangeLaws: Bool { !isReadOnly && state.present.isAdministrator }

  /// Looks who breaks a law now, be it in the store or not.
  ///
  /// - Parameters:
  ///   - most: the most breaches that are looked for, at least 1.
  ///   - isStopped: asked for each of those who are looked at; the look ends where the answer is true.
  /// Errors: ``AdministrationError/notPermitted(_:)``, ``StoreError``.
  package func look(
    at law: Law<AsWritten>, most: Int, isStopped: @escaping () -> Bool
  ) throws -> LawLook {
    try read { reader in
      let source = AccessSource(reader)
      let checker = LawChecker([law], source, at: now)
      var found: [LawLook.Found] = []
      var isWhole = true
      checker.whileGoing = { if isStopped() { throw LookEnded() } }
      do {
        try checker.forEachBreach { broken in
          if found.count >= most { throw LookEnded() }
          found.append(LawLook.Found(broken, source.names, now: now))
        }
      } catch is LookEnded {
        isWhole = false
      }
      return LawLook(found: found, isWhole: isWhole, unknown: try checker.found(0).law.unknownNames)
    }
  }
}

/// Ends the look at a law.
private struct LookEnded: Error {}

extension LawLook.Found {
  fileprivate init(_ broken: LawChecker.Broken, _ names: NameBook, now: Timestamp) {
    breach = broken.breach
    kind = if case .account(let id) = broken.breach.breaker { names.accounts[id]?.kind } else { nil }
    words = LawConsequence(broken, names, now: now, isRefused: broken.law.mode == .enforce)
    things = BreachWords(broken, names, now: now).things
  }
}
