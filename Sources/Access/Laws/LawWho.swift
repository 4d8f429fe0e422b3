/// Which accounts of one kind a law means.
package enum LawSelection<Naming: LawNaming>: Hashable, Sendable {
  case all
  case named(Set<Naming.Account>)
  /// The API users that have all of these labels.
  case labelled(Labels)
  /// The members of any of these teams, at any instant from now on.
  case members(Set<Naming.Team>)
}

/// The users and API users whom a law means.
package struct LawWho<Naming: LawNaming>: Hashable, Sendable {
  /// Nil: no API user.
  package let apiUsers: LawSelection<Naming>?
  /// Nil: no user.
  package let users: LawSelection<Naming>?

  /// Errors: ``LawProblem`` where nobody could be meant, or too many are named.
  package init(
    apiUsers: LawSelection<Naming>? = nil, users: LawSelection<Naming>? = nil
  ) throws(LawProblem) {
    guard apiUsers != nil || users != nil else { throw .noSubjects }
    for case let selection? in [apiUsers, users] { try selection.check() }
    if case .labelled? = users { throw .labelsOfUsers }
    (self.apiUsers, self.users) = (apiUsers, users)
  }

  package subscript(kind: AccountKind) -> LawSelection<Naming>? { kind == .user ? users : apiUsers }
}

extension LawSelection {
  fileprivate func check() throws(LawProblem) {
    switch self {
    case .all: break
    case .named(let names): try LawBounds.check(names.count, of: "the names of a selection")
    case .labelled(let labels): if labels.isEmpty { throw .emptyPart("labels") }
    case .members(let teams): try LawBounds.check(teams.count, of: "teams")
    }
  }
}

extension LawSelection<AsFound> {
  /// Whether a subject is meant.
  package func includes(_ subject: LawSubject, from now: Timestamp) -> Bool {
    switch self {
    case .all: true
    case .named(let accounts): accounts.contains(.present(subject.id))
    case .labelled(let labels): labels.pairs.allSatisfy { subject.labels[$0.key] == $0.value }
    case .members(let teams):
      subject.access.teams.contains { team in
        teams.contains(.present(team.value)) && team.bounds.until.map { now < $0 } ?? true
      }
    }
  }
}
