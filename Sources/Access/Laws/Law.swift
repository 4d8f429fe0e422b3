/// A statement that has to hold whatever anybody changes.
package struct Law<Naming: LawNaming>: Hashable, Sendable {
  package let name: Name
  /// Why there is this law, for people; may be empty.
  package let reason: Summary
  package let mode: LawMode
  package let form: LawForm<Naming>
  /// The API users that are excepted, each up to an instant. From that instant on the law counts for them.
  package let exceptions: [Naming.Account: Timestamp]

  /// Errors: ``LawProblem`` for more exceptions than a law may have.
  package init(
    name: Name, reason: Summary = .empty, mode: LawMode = .enforce, form: LawForm<Naming>,
    exceptions: [Naming.Account: Timestamp] = [:]
  ) throws(LawProblem) {
    if !exceptions.isEmpty { try LawBounds.check(exceptions.count, of: "except") }
    self.name = name
    self.reason = reason
    self.mode = mode
    self.form = form
    self.exceptions = exceptions
  }
}

package enum LawMode: String, Codable, Hashable, Sendable, CaseIterable {
  /// A change that breaks the law is refused.
  case enforce
  /// A breach is reported, and nothing is refused.
  case watch
}

/// What a law says.
package enum LawForm<Naming: LawNaming>: Hashable, Sendable {
  /// None of these subjects can see any of this.
  case never(LawWho<Naming>, LawWhat<Naming>)
  /// None of these subjects can see some of the one and some of the other at the same instant.
  case apart(LawWho<Naming>, LawWhat<Naming>, LawWhat<Naming>)
  /// All that these subjects can see at an instant is covered at that instant by a grant of the team itself.
  case within(LawWho<Naming>, Naming.Team)
  /// The live tokens of these subjects obey.
  case tokens(LawWho<Naming>, TokenDemands)
  /// Each of these API users has an owner who is not disabled.
  case owned(LawWho<Naming>)

  package var who: LawWho<Naming> {
    switch self {
    case .never(let who, _), .apart(let who, _, _), .within(let who, _), .tokens(let who, _), .owned(let who):
      who
    }
  }

  /// Makes the form `owned`.
  ///
  /// Errors: ``LawProblem/ownersOfUsers`` where users are meant, who never have an owner.
  package static func owned(checked who: LawWho<Naming>) throws(LawProblem) -> Self {
    guard who.users == nil else { throw .ownersOfUsers }
    return .owned(who)
  }
}

/// What a law demands of each live token.
package struct TokenDemands: Hashable, Sendable {
  /// The most days from when the token was made up to its expiry.
  package let maximumDays: Int?
  /// Whether the token must expire at all.
  package let isExpiring: Bool
  /// Whether the token must be limited to networks.
  package let needsNetworks: Bool
  /// Whether the token must be limited to widgets or endpoints.
  package let needsPlaces: Bool
  /// Since so many whole days the token must have been used, or else be younger.
  package let unusedDays: Int?

  /// Errors: ``LawProblem`` where nothing is demanded, and for days out of bounds.
  package init(
    maximumDays: Int? = nil, isExpiring: Bool = false, needsNetworks: Bool = false, needsPlaces: Bool = false,
    unusedDays: Int? = nil
  ) throws(LawProblem) {
    for case let days? in [maximumDays, unusedDays] where !LawBounds.days.contains(days) { throw .days(days) }
    guard maximumDays != nil || unusedDays != nil || isExpiring || needsNetworks || needsPlaces else {
      throw .noDemand
    }
    self.maximumDays = maximumDays
    self.isExpiring = isExpiring
    self.needsNetworks = needsNetworks
    self.needsPlaces = needsPlaces
    self.unusedDays = unusedDays
  }
}
