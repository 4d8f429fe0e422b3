internal import Access

extension UndoStep {
  /// All that what it does rests on, as audit rows tell of it: what it is done to, and what that is given by it.
  var involved: [(AuditTarget.Kind, String)] {
    switch change {
    case .member(let team, let account, _, _): [(.team, team), (.user, account), (.apiUser, account)]
    case .roles(let subject, let turn): [subject.target] + roles(turn.became ?? [])
    case .token(let id, let account, _, _): [(.token, id), (.user, account), (.apiUser, account)]
    case .grant(let subject, let connector, _, _): [subject.target, (.connector, connector)]
    default: [target]
    }
  }

  private func roles(_ saved: [String]) -> [(AuditTarget.Kind, String)] {
    saved.compactMap { $0.hasPrefix("role:") ? (.role, String($0.dropFirst(5))) : nil }
  }
}
