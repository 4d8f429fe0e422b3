internal import Access
internal import Store

extension UndoStep {
  /// Whether the step may give somebody access, or make another one of what laws look at. A step that only disables,
  /// revokes, deletes or takes away does not: no law refuses such a step.
  func mayGive(from now: Timestamp) -> Bool {
    switch change {
    case .account(_, _, let turn): turn.became.map { $0 != turn.was?.disabled } ?? false
    case .team(_, let turn): turn.became != nil
    case .member(_, _, _, let joined, let terms):
      UndoStep.Turn(joined: joined, terms).mayGive { $0.isCovered(by: $1, from: now) }
    case .roles(_, let turn):
      turn.mayGive { $0.isCovered(by: $1, from: now) }
    case .grant(_, _, _, let turn):
      turn.mayGive { became, was in
        became.permissions.isCovered(by: was.permissions, from: now) && became.gone.isCovered(by: was)
      }
    case .token(_, _, _, _, let turn): turn.became.map { $0 != turn.was?.disabled } ?? false
    case .entry(let turn): turn.mayGive
    // A custom role opens surfaces and lets people manage, and a key lets a user log in. Laws look at neither. A new
    // Token ID is of the same token. Laws that change are looked at apart.
    case .role, .keys, .rotation, .setting, .dropping, .purge, .final, .law: false
    }
  }
}

extension UndoStep {
  /// Whether the step may take an account out of whom a law means, or bring one under a name that a law excepts.
  var mayLeaveLaws: Bool {
    switch change {
    case .account(_, _, let turn):
      turn.became.map { became in
        turn.was.map { $0.particulars.labels != became.particulars.labels || $0.name != became.name } ?? true
      } ?? false
    case .team(_, let turn): turn.became == nil
    case .member(_, _, _, let joined, let terms): !joined || terms != nil
    default: false
    }
  }
}

extension UndoStep.Turn<CatalogueEntry> {
  /// What is new gives nothing: *all* of a grant stands for what may come, too. What comes back may be named by grants, and
  /// what is renamed may be what a law awaits by that name.
  /// Without its last company a connector shows its data to all who have its lists.
  fileprivate var mayGive: Bool {
    guard let became else {
      if case .company? = was { return true }
      return false
    }
    switch became {
    case .widget(let widget): return widget.isOpen
    case .endpoint: return false
    case .connector, .company, .list, .item: return was.map { $0.name != became.name } ?? (deletion != nil)
    }
  }
}

extension UndoStep.Turn {
  /// - Parameter isCovered: whether the one value gives nothing that the other does not give.
  fileprivate func mayGive(_ isCovered: (Value, Value) -> Bool) -> Bool {
    guard let became else { return false }
    return !(was.map { isCovered(became, $0) } ?? false)
  }
}

extension AccountGeneral {
  fileprivate var disabled: Self {
    var copy = self
    copy.isEnabled = false
    return copy
  }
}

extension TokenTerms {
  fileprivate var disabled: Self {
    var copy = self
    copy.isDisabled = true
    return copy
  }
}

extension GoneParts {
  /// Whether a grant named each of these parts before, be it as a part that is gone or as one that it gave.
  fileprivate func isCovered(by content: GrantContent) -> Bool {
    let (permissions, gone) = (content.permissions, content.gone)
    let items = ItemKind.allCases.flatMap { permissions[$0].only ?? [] }.map(\.item)
    return companies.allSatisfy { gone.companies.contains($0) || permissions.companies.covers($0) }
      && lists.allSatisfy { gone.lists.contains($0) || permissions.lists.covers($0) }
      && self.items.allSatisfy { gone.items.contains($0) || items.contains($0) }
  }
}
