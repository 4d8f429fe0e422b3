internal import Access

extension UndoStep {
  /// Everything on which the step rests, as audit rows name it: the thing that changes, and the things that
  /// it receives.
  var involved: [(AuditTarget.Kind, String)] {
    switch change {
    case .member(let team, let account, _, _, _):
      [(.team, team.description)] + accounts(account)
    case .roles(let subject, let turn): [subject.target] + roles(turn.became?.elements ?? [])
    case .token(let id, let account, _, _, _): [(.token, id.description)] + accounts(account)
    case .grant(let subject, let connector, _, _):
      [subject.target, (.kept(.connector), connector.description)]
    default: [target]
    }
  }

  private func accounts(_ id: AccountID) -> [(AuditTarget.Kind, String)] {
    [(.user, id.description), (.apiUser, id.description)]
  }

  private func roles(_ roles: Set<SystemRole>) -> [(AuditTarget.Kind, String)] {
    roles.compactMap { if case .custom(let id) = $0 { (.role, id.description) } else { nil } }
  }
}
