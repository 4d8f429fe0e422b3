internal import Access
internal import Store

// The words for what a step did, and for what undoing it does.

extension UndoStep {
  /// The thing that was changed, as in `the API user “Portal Mexico”`.
  var thingWords: String {
    switch change {
    case .account(_, let isUser, let turn):
      "the \(isUser ? "user" : "API user") \(quoted(turn.became?.name.text ?? name))"
    case .keys: "the SSH keys of the user \(quoted(name))"
    case .team(_, let turn): "the team \(quoted(turn.became?.name.text ?? name))"
    case .member(_, _, let account, _, _): "whether \(quoted(account)) is in the team \(quoted(name))"
    case .role(_, let turn): "the role \(quoted(turn.became?.name.text ?? name))"
    case .roles(let subject, _): "what roles \(subject.words(name)) has"
    case .grant(let subject, _, let connector, _):
      "what \(subject.words(name)) has on \(quoted(connector))"
    case .token(_, _, let owner, _, let turn):
      "the token \(quoted(turn.became?.name.text ?? name)) of \(quoted(owner))"
    case .entry(let turn): "the \(turn.kindWords) \(quoted(turn.became?.name.text ?? name))"
    case .setting(let key, let user, _): settingWords(key, user)
    case .law: "the law \(quoted(name))"
    case .rotation(_, _, let owner, _, _): "the token \(quoted(name)) of \(quoted(owner))"
    case .dropping, .purge, .final: quoted(name)
    }
  }

  /// The target of the audit rows about this thing.
  var target: (AuditTarget.Kind, String) {
    switch change {
    case .account(let id, let isUser, _): (isUser ? .user : .apiUser, id.description)
    case .keys(let id, _): (.user, id.description)
    case .team(let id, _), .member(let id, _, _, _, _): (.team, id.description)
    case .role(let id, _): (.role, id.description)
    case .roles(let subject, _), .grant(let subject, _, _, _), .dropping(let subject, _, _, _): subject.target
    case .purge(let thing): (.kept(thing.kind), thing.idText)
    case .token(let id, _, _, _, _), .rotation(let id, _, _, _, _): (.token, id.description)
    case .entry(let turn):
      (turn.became ?? turn.was).map { (.kept($0.kind), $0.thing.idText) } ?? (.store, "")
    case .setting(_, let user?, _): (.user, user.description)
    case .setting(_, nil, _): (.store, "store")
    case .law: (.law, name)
    case .final: (.store, "")
    }
  }

  /// What the step did, as in `renamed the API user “A” to “B”`.
  var doneWords: String {
    switch change {
    case .account(_, let isUser, let turn):
      turn.doneWords(isUser ? "user" : "API user", name)
    case .keys: "changed the SSH keys of the user \(quoted(name))"
    case .team(_, let turn): turn.doneWords("team", name)
    case .member(_, _, let account, let joined, let terms):
      switch UndoStep.Turn(joined: joined, terms).course {
      case .came: "put \(quoted(account)) into the team \(quoted(name))"
      case .changed: "changed when \(quoted(account)) is in the team \(quoted(name))"
      case .went: "took \(quoted(account)) out of the team \(quoted(name))"
      }
    case .role(_, let turn): turn.doneWords("role", name)
    case .roles(let subject, _): "changed the roles of \(subject.words(name))"
    case .grant(let subject, _, let connector, _):
      "changed what \(subject.words(name)) has on \(quoted(connector))"
    case .token(_, _, let owner, _, let turn): tokenDoneWords(owner, turn)
    case .entry(let turn):
      turn.doneWords(turn.kindWords, name) { was, became, thing in
        was.name == became.name
          ? "changed \(thing)" : "renamed \(thing) to \(quoted(became.name.text))"
      }
    case .setting(let key, let user, let turn):
      "set \(settingWords(key, user)) to \(quoted(turn.became ?? "its default"))"
    case .law(let turn, _): turn.doneWords("law", name) { _, _, law in "changed \(law)" }
    case .purge(let thing): "purged the \(thing.kind.title) \(quoted(name))"
    case .final(.rotation), .rotation: "made a new Token ID for the token \(quoted(name))"
    case .final(.dropping), .dropping: "dropped what left the catalogue from the grants of \(quoted(name))"
    }
  }

  private func tokenDoneWords(_ owner: String, _ turn: Turn<TokenTerms>) -> String {
    let token = "the token \(quoted(name)) of \(quoted(owner))"
    guard let was = turn.was else { return "added \(token)" }
    guard let became = turn.became else { return "revoked \(token)" }
    return TokenTerms.doneWords(was, became, token)
  }

  /// What undoing the step does, as in `renames the API user “B” back to “A”`.
  func undoingWords(_ names: NameBook, days: Int64) -> String {
    switch change {
    case .account(_, let isUser, let turn):
      turn.undoingWords(
        isUser ? "user" : "API user", name, days,
        back: ", with its teams, roles and grants; its tokens stay revoked")
    case .keys(_, let turn):
      "gives the user \(quoted(name)) its \(counted(turn.was?.count ?? 0, "SSH key")) of before"
    case .team(_, let turn):
      turn.undoingWords("team", name, days, back: ", with its members, roles and grants")
    case .member(_, _, let account, let joined, let terms):
      switch UndoStep.Turn(joined: joined, terms).course {
      case .came: "takes \(quoted(account)) out of the team \(quoted(name))"
      case .changed: "has \(quoted(account)) in the team \(quoted(name)) when it was before"
      case .went: "puts \(quoted(account)) back into the team \(quoted(name))"
      }
    case .role(_, let turn):
      turn.undoingWords("role", name, days, back: ", with all who had it")
    case .roles(let subject, let turn):
      "\(subject.words(name)): "
        + names.change(from: turn.became ?? BoundedSet(), to: turn.was ?? BoundedSet())
    case .grant(let subject, _, let connector, let turn):
      turn.was.map { $0.permissions.isEmpty } ?? true
        ? "takes all that it has on \(quoted(connector)) from \(subject.words(name))"
        : "gives \(subject.words(name)) what it had on \(quoted(connector)) before"
    case .token(_, _, let owner, _, let turn): tokenUndoingWords(owner, turn)
    case .entry(let turn):
      turn.undoingWords(turn.kindWords, name, days, back: " to the catalogue") { was, became in
        (was.name == became.name ? [] : ["renames it back to \(quoted(was.name.text))"])
          + ["makes it what it was"]
      }
    case .setting(let key, let user, let turn):
      "sets \(settingWords(key, user)) back to \(quoted(turn.was ?? "its default"))"
    case .law(let turn, _):
      switch turn.course {
      case .came: "removes the law \(quoted(name))"
      case .changed: "makes the law \(quoted(name)) what it was"
      case .went: "adds the law \(quoted(name)) again"
      }
    case .purge: "\(quoted(name)) stays purged"
    case .final(.rotation), .rotation: "the token \(quoted(name)) keeps its new Token ID"
    case .final(.dropping), .dropping: "what was dropped from the grants of \(quoted(name)) stays dropped"
    }
  }

  private func settingWords(_ setting: Setting, _ user: AccountID?) -> String {
    user == nil ? "the setting \(setting.key)" : "the setting \(setting.key) of the user \(quoted(name))"
  }

  private func tokenUndoingWords(_ owner: String, _ turn: Turn<TokenTerms>) -> String {
    let token = "the token \(quoted(turn.became?.name.text ?? name)) of \(quoted(owner))"
    guard let was = turn.was else { return "revokes \(token) for good" }
    guard let became = turn.became else { return "\(token) stays revoked" }
    return TokenTerms.undoneWords(was, became, token).first ?? "changes nothing of \(token)"
  }

  /// Whether the undoing of this step can't be undone in turn.
  var isUndoneForGood: Bool {
    if case .token(_, _, _, _, let turn) = change { turn.course == .came } else { false }
  }

  /// The reason why this step can't be undone.
  var finality: String {
    switch change {
    case .final(.rotation): "a new Token ID stays"
    case .final(.dropping), .dropping: "what was dropped is gone"
    default: "revoking is final"
    }
  }
}

extension UndoStep.Subject {
  fileprivate func words(_ name: String) -> String {
    switch self {
    case .account(_, let isUser): "the \(isUser ? "user" : "API user") \(quoted(name))"
    case .team: "the team \(quoted(name))"
    }
  }

  var target: (AuditTarget.Kind, String) {
    switch self {
    case .account(let id, let isUser): (isUser ? .user : .apiUser, id.description)
    case .team(let id): (.team, id.description)
    }
  }
}

/// A value with a name, by which messages call it.
protocol NamedValue: Codable, Hashable, Sendable { var name: Name { get } }
extension AccountGeneral: NamedValue {}
extension TeamGeneral: NamedValue {}
extension RoleContent: NamedValue {}
extension CatalogueEntry: NamedValue {}
extension Law<AsWritten>: NamedValue {}

extension UndoStep.Turn where Value: NamedValue {
  /// - Parameter change: returns the words for what was changed of the given thing.
  fileprivate func doneWords(
    _ kind: String, _ name: String, _ change: (_ was: Value, _ became: Value, _ thing: String) -> String
  ) -> String {
    let thing = "the \(kind) \(quoted(name))"
    guard let was else { return (deletion == nil || isPartless == true ? "added " : "restored ") + thing }
    guard let became else { return "deleted " + thing }
    return change(was, became, thing)
  }

  /// - Parameter parts: returns the words for the fields that are set back.
  fileprivate func undoingWords(
    _ kind: String, _ name: String, _ days: Int64, back: String, _ parts: (Value, Value) -> [String]
  ) -> String {
    guard let was else {
      return
        "deletes the \(kind) \(quoted(became?.name.text ?? name)), which can be restored for \(counted(Int(days), "day"))"
    }
    guard let became else { return "restores the \(kind) \(quoted(was.name.text))\(back)" }
    return "the \(kind) \(quoted(became.name.text)): " + parts(was, became).joined(separator: ", ")
  }
}

extension UndoStep.Turn where Value: NamedValue & Described {
  fileprivate func doneWords(_ kind: String, _ name: String) -> String {
    doneWords(kind, name, Value.doneWords)
  }

  fileprivate func undoingWords(_ kind: String, _ name: String, _ days: Int64, back: String) -> String {
    undoingWords(kind, name, days, back: back) { Value.undoneWords($0, $1, "it") }
  }
}

extension Described {
  /// The words for the first field that was changed of a thing.
  fileprivate static func doneWords(_ was: Self, _ became: Self, _ thing: String) -> String {
    changed(was, became).first?.done(became, thing) ?? "changed \(thing)"
  }

  /// The words for all fields of a thing that are set back.
  fileprivate static func undoneWords(_ was: Self, _ became: Self, _ thing: String) -> [String] {
    changed(was, became).map { $0.undone(was, thing) }
  }
}

extension UndoStep.Turn<CatalogueEntry> {
  fileprivate var kindWords: String { (became ?? was)?.kindWords ?? "entry" }
}

extension NameBook {
  fileprivate func change(from: BoundedSet<SystemRole>, to: BoundedSet<SystemRole>) -> String {
    let (was, becomes) = (from.elements, to.elements)
    let parts = [
      ("is given ", names(becomes.subtracting(was))), ("loses ", names(was.subtracting(becomes))),
      ("has at the times of before ", names(becomes.intersection(was).filter { to[$0] != from[$0] })),
    ]
    return parts.filter { !$0.1.isEmpty }.map { $0 + $1.joined(separator: ", ") }.joined(separator: ", ")
  }
}

private func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
