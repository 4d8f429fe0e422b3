/// Steps carried out another time: what takes back the opposite of a step does that step.
extension UndoStep {
  /// The opposite; of something that is new there is none, see ``isAddition``.
  var opposite: UndoStep { UndoStep(name: name, change: oppositeChange) }

  private var oppositeChange: Change {
    switch change {
    case .account(let id, let isUser, let turn): .account(id: id, isUser: isUser, turn: turn.opposite)
    case .keys(let account, let turn): .keys(account: account, turn: turn.opposite)
    case .team(let id, let turn): .team(id: id, turn: turn.opposite)
    case .member(let team, let account, let accountName, let joined, let terms):
      .member(
        team: team, account: account, accountName: accountName,
        joined: UndoStep.Turn(joined: joined, terms).was != nil, terms: terms?.opposite)
    case .role(let id, let turn): .role(id: id, turn: turn.opposite)
    case .roles(let subject, let turn): .roles(subject: subject, turn: turn.opposite)
    case .grant(let subject, let connector, let connectorName, let turn):
      .grant(subject: subject, connector: connector, connectorName: connectorName, turn: turn.opposite)
    case .token(let id, let account, let owner, _, let turn):
      .token(id: id, account: account, owner: owner, issued: nil, turn: turn.opposite)
    case .entry(let turn): .entry(turn: turn.opposite)
    case .setting(let key, let user, let turn):
      .setting(key: key, user: user, turn: turn.opposite)
    case .final, .rotation, .dropping, .purge: change
    }
  }

  /// Whether it made something that had not been there before, so that it is made, not brought back.
  var isAddition: Bool {
    switch change {
    case .account(_, _, let turn): turn.isAddition
    case .team(_, let turn): turn.isAddition
    case .role(_, let turn): turn.isAddition
    case .token(_, _, _, _, let turn): turn.isAddition
    case .entry(let turn): turn.isAddition
    default: false
    }
  }

  /// Whether it can only be done at once: it makes a new Token ID, or drops what can't be named any more.
  var cannotWait: Bool {
    switch change {
    case .final, .rotation, .dropping, .purge: true
    default: false
    }
  }
}

extension UndoStep.Turn {
  /// What went goes by a deletion of its own; what came back comes back from the deletion that it came from.
  fileprivate var opposite: Self {
    switch course {
    case .went: Self(was: became, became: was, holdings: holdings)
    case .came: Self(was: became, became: was, deletion: deletion, isPartless: isPartless == true)
    case .changed: Self(was: became, became: was)
    }
  }

  fileprivate var isAddition: Bool { course == .came && deletion == nil }
}
