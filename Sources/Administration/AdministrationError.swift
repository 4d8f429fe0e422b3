package import Access

/// Why a use case was refused; nothing was changed.
package enum AdministrationError: Complaint, Hashable {
  case notPermitted(Permission)
  /// There is a living thing of that kind and name.
  case nameTaken(kind: String, name: Name)
  /// A custom role can't have a built-in one's name.
  case nameReserved(Name)
  case missing(kind: String, name: String)
  case tokenRevoked(Name)
  case unixAccountTaken(UnixAccountName)
  /// API users can't log in, and have no keys or Unix accounts.
  case notForAPIUsers
  /// A grant that names what its connector does not have.
  case notOfConnector(String)
  /// A grant that gives an item of a list that it does not cover.
  case itemOfUncoveredList
  case badTokenID(TokenIDProblem)
  case unknownTokenID
  /// Its account was deleted, and it with it.
  case ownerDeleted
  /// Found by its Token ID's hash is a row that was made for another.
  case tokenRowDamaged
  /// The last audit row has a number that nothing can follow.
  case auditDamaged

  package var message: String {
    switch self {
    case .notPermitted(let permission): "you may not \(permission.meaning)"
    case .nameTaken(let kind, let name):
      "there is \(article(kind)) \(kind) named \(quoted(name.text)) already"
    case .nameReserved(let name): "\(quoted(name.text)) is the name of a built-in role"
    case .missing(let kind, let name): "there is no \(kind) named \(quoted(name))"
    case .tokenRevoked(let name): "the token \(quoted(name.text)) is revoked"
    case .unixAccountTaken(let name): "another user has the Unix account \(quoted(name.text))"
    case .notForAPIUsers: "an API user can't log in"
    case .notOfConnector(let what): "the connector has no such \(what)"
    case .itemOfUncoveredList: "the grant gives an item of a list that it does not cover"
    case .badTokenID(let problem): problem.description
    case .ownerDeleted: "the user or API user of this token was deleted"
    case .tokenRowDamaged: "the store's row of this Token ID is damaged: it was made for another Token ID"
    case .auditDamaged: "the audit log is damaged: no row can follow its last"
    case .unknownTokenID: "no token has this Token ID"
    }
  }

  package var hint: String? {
    switch self {
    case .notPermitted(let permission): "this needs a system role with \(permission.rawValue)"
    case .nameTaken: "names are compared without regard to case; choose another"
    case .nameReserved: "choose another name"
    case .missing: "names are compared whole, without regard to case; the list commands show them"
    case .tokenRevoked: "revoking is final; add a new token"
    case .unixAccountTaken: "a Unix account belongs to one user"
    case .notForAPIUsers: "add a user instead"
    case .notOfConnector: "it may have left the catalogue meanwhile"
    case .itemOfUncoveredList: "add the list first"
    case .badTokenID: "paste the whole of it"
    case .ownerDeleted: "its tokens can't be used any more"
    case .tokenRowDamaged: "whose it is can't be told; compare the store with a backup"
    case .auditDamaged: "nothing was changed; restore a backup"
    case .unknownTokenID: "it is well formed, but of another store, or was made up"
    }
  }

  package var exitStatus: ExitStatus {
    switch self {
    case .notPermitted: .notPermitted
    case .missing, .unknownTokenID, .ownerDeleted: .noInput
    default: .badData
    }
  }
}

private func article(_ kind: String) -> String {
  "aeiouA".contains(kind.first ?? "x") ? "an" : "a"
}

/// A name in quotes, within a message.
package func quoted(_ text: String) -> String { "\u{201C}\(text)\u{201D}" }
