internal import Access

/// A single change: which thing was changed, its value before, and its value after. The step stands in the
/// audit row of the change. It is complete, so that the state after the row can be made from the state
/// before, and so that the change can be undone. It holds ids and values only, never a secret.
struct UndoStep: Codable, Hashable, Sendable {
  /// The name of the thing at the time of the change.
  let name: String
  let change: Change
  /// Whether undoing skips this step, because the step was a part of another one or is final. Nil where
  /// undoing needs the step.
  var isAside: Bool?

  enum Change: Codable, Hashable, Sendable {
    case account(id: AccountID, isUser: Bool, turn: Turn<AccountGeneral>)
    case keys(account: AccountID, turn: Turn<[String]>)
    case team(id: TeamID, turn: Turn<TeamGeneral>)
    /// `joined` tells whether the account is a member afterwards. `terms` has the bounds of the membership,
    /// and is nil where there are none before or after.
    case member(team: TeamID, account: AccountID, accountName: String, joined: Bool, terms: Turn<Bounds>?)
    case role(id: RoleID, turn: Turn<RoleContent>)
    case roles(subject: Subject, turn: Turn<BoundedSet<SystemRole>>)
    case grant(subject: Subject, connector: ConnectorID, connectorName: String, turn: Turn<GrantContent>)
    /// `turn` has the fields of a token without its Token ID. A token whose turn ends with nil was revoked
    /// for good. For a token that was added, `issued` identifies the Token ID as far as it may be known.
    case token(
      id: TokenRowID, account: AccountID, owner: String, issued: IssuedTokenID?, turn: Turn<TokenTerms>)
    /// A token was given a new Token ID. The earlier ones are valid until `olderValidUntil` at the latest.
    case rotation(
      token: TokenRowID, account: AccountID, owner: String, issued: IssuedTokenID, olderValidUntil: Timestamp)
    case entry(turn: Turn<CatalogueEntry>)
    /// A setting was changed: of the user, or of the whole store where `user` is nil. The values are as the
    /// store keeps them, and nil stands for the default.
    case setting(key: Setting, user: AccountID?, turn: Turn<String>)
    /// `follows` tells whether the law followed what the same transaction renamed, and is nil where it did not.
    case law(turn: Turn<Law<AsWritten>>, follows: Bool?)
    /// Parts that left the catalogue were dropped from a grant. `left` is the rest of the grant, and is nil
    /// where the grant was deleted.
    case dropping(subject: Subject, connector: ConnectorID, connectorName: String, left: GrantContent?)
    /// A deleted thing was removed for good.
    case purge(thing: DeletedThing)
    /// A change that can't be undone, as rows recorded it before ``rotation`` and ``dropping`` existed.
    case final(Finality)
  }

  /// The reason why a change can't be undone.
  enum Finality: String, Codable, Hashable, Sendable {
    /// A token was given a new Token ID.
    case rotation
    /// Parts that left the catalogue were dropped from a grant.
    case dropping
  }

  var isFinal: Bool {
    switch change {
    case .final, .rotation, .dropping, .purge: true
    case .token(_, _, _, _, let turn): turn.course == .went
    default: false
    }
  }

  /// A ``SubjectID`` that also tells whether an account is a user.
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
