internal import Access

/// One thing that was changed: what it was and what it became. It stands in the audit row of the change, complete
/// enough that the state after it can be made of the state before it, and so what takes it back, too. Ids and
/// values alone, never a secret.
struct UndoStep: Codable, Hashable, Sendable {
  /// What it was called then.
  let name: String
  let change: Change
  /// Whether undoing has nothing to do with it: it went along with something else, or is gone for good. Nil where it
  /// has.
  var isAside: Bool?

  enum Change: Codable, Hashable, Sendable {
    case account(id: AccountID, isUser: Bool, turn: Turn<AccountGeneral>)
    case keys(account: AccountID, turn: Turn<[String]>)
    case team(id: TeamID, turn: Turn<TeamGeneral>)
    /// Whether the account is a member afterwards. The bounds of the membership stand in `terms`, which is nil where
    /// there are none before or after.
    case member(team: TeamID, account: AccountID, accountName: String, joined: Bool, terms: Turn<Bounds>?)
    case role(id: RoleID, turn: Turn<RoleContent>)
    case roles(subject: Subject, turn: Turn<BoundedSet<SystemRole>>)
    case grant(subject: Subject, connector: ConnectorID, connectorName: String, turn: Turn<GrantContent>)
    /// What a token has beside its Token ID; one that went was revoked for good. Of one that came is told which
    /// Token ID it was given, as far as that may be known.
    case token(
      id: TokenRowID, account: AccountID, owner: String, issued: IssuedTokenID?, turn: Turn<TokenTerms>)
    /// A token was given a new Token ID; those before are valid until that time at the latest.
    case rotation(
      token: TokenRowID, account: AccountID, owner: String, issued: IssuedTokenID, olderValidUntil: Timestamp)
    case entry(turn: Turn<CatalogueEntry>)
    /// Of the whole store where there is no user. The values are as the store keeps them; nil for the default.
    case setting(key: Setting, user: AccountID?, turn: Turn<String>)
    /// What left the catalogue was dropped from a grant; what is left of it, nil where it went.
    case dropping(subject: Subject, connector: ConnectorID, connectorName: String, left: GrantContent?)
    /// Something deleted was removed for good.
    case purge(thing: DeletedThing)
    /// What can't be taken back, as it was recorded before ``rotation`` and ``dropping`` were.
    case final(Finality)
  }

  /// Why something can't be taken back.
  enum Finality: String, Codable, Hashable, Sendable {
    /// A token has a new Token ID.
    case rotation
    /// What left the catalogue was dropped from a grant.
    case dropping
  }

  var isFinal: Bool {
    switch change {
    case .final, .rotation, .dropping, .purge: true
    case .token(_, _, _, _, let turn): turn.course == .went
    default: false
    }
  }

  /// A ``SubjectID`` of which is known, too, whether it is a user.
  enum Subject: Codable, Hashable, Sendable {
    case account(AccountID, isUser: Bool)
    case team(TeamID)

    init(_ subject: SubjectID, isUser: Bool) {
      switch subject {
      case .account(let id): self = .account(id, isUser: isUser)
      case .team(let id): self = .team(id)
      }
    }

    var id: SubjectID {
      switch self {
      case .account(let id, _): .account(id)
      case .team(let id): .team(id)
      }
    }
  }
}
