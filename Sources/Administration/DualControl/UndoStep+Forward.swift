/// Repeats steps: undoing the opposite of a step repeats the step.
extension UndoStep {
  /// The opposite step. A step that adds something new has none, see ``isAddition``.
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
    case .law(let turn, let follows): .law(turn: turn.opposite, follows: follows)
    case .final, .rotation, .dropping, .purge: change
    }
  }

  /// Whether the step made something new. Repeating it makes the thing again, instead of bringing it back.
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

  /// Whether the step can only be done at once, because it makes a new Token ID, or drops what can't be named
  /// later.
  var cannotWait: Bool {
    switch change {
    case .final, .rotation, .dropping, .purge: true
    default: false
    }
  }
}

extension UndoStep.Turn {
  /// The opposite. What was deleted goes by a new deletion, and what came back comes back from its old
  /// deletion.
  fileprivate var opposite: Self {
    switch course {
    case .went: Self(was: became, became: was, holdings: holdings)
    case .came: Self(was: became, became: was, deletion: deletion, isPartless: isPartless == true)
    case .changed: Self(was: became, became: was)
    }
  }

  fileprivate var isAddition: Bool { course == .came && deletion == nil }
}
