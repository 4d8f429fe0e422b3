package import Access

/// The reason why a use case was refused. Nothing was changed.
package enum AdministrationError: Complaint, Hashable {
  case notPermitted(Permission)
  /// Only the built-in role Administrator permits this.
  case notAdministrator(String)
  /// The change would give or take what the operator lacks; the name is that of the subject or role.
  case beyond(Authority.Lack, Name)
  /// The change would give data, or open a surface, to the operator.
  case toOneself
  case lastAdministrator
  /// The operator could not log in any more.
  case lockOut
  case readOnly
  /// A Token ID must not get to a terminal.
  case recordingSafe
  case signedOut(SignedOutReason)
  case publicKeyTaken(Name)
  case badPublicKey(SSHPublicKeyProblem)
  /// A living thing of this kind has the name already.
  case nameTaken(kind: String, name: Name)
  /// A custom role can't have the name of a built-in one.
  case nameReserved(Name)
  case missing(kind: String, name: String)
  case tokenRevoked(Name)
  case bounds(BoundsProblem)
  case unixAccountTaken(UnixAccountName)
  /// API users can't log in, and have no keys or Unix accounts.
  case notForAPIUsers
  /// Users have neither an owner, nor a note, nor labels.
  case notForUsers
  /// Nobody who is no user, or is deleted, can become an owner.
  case noOwner(AccountID)
  /// A grant names something that its connector does not have.
  case notOfConnector(String)
  /// A grant gives an item of a list that it does not cover.
  case itemOfUncoveredList
  case badTokenID(TokenIDProblem)
  case unknownTokenID
  /// The token's account was deleted, and the token with it.
  case ownerDeleted
  /// The row with the hash of the Token ID was made for another Token ID.
  case tokenRowDamaged
  /// The last audit row has a number that nothing can follow.
  case auditDamaged

  package var message: String {
    switch self {
    case .notPermitted(let permission): "you may not \(permission.meaning)"
    case .notAdministrator(let what): "you may not \(what)"
    case .beyond(.administrator, let name): "\(quoted(name.text)) is, or would be, Administrator; you are not"
    case .beyond(.permission(let permission), let name):
      "\(quoted(name.text)) has, or would get, \(permission.rawValue); you lack it"
    case .toOneself: "nobody gives data, or what opens widgets and the API, to themselves"
    case .lastAdministrator: "this would leave no enabled Administrator"
    case .lockOut: "this would lock you out"
    case .readOnly: "this is read-only mode"
    case .recordingSafe: "no Token ID is shown or copied in recording-safe mode"
    case .signedOut(let reason): reason.message
    case .publicKeyTaken(let name): "the user \(quoted(name.text)) has this SSH key"
    case .badPublicKey(let problem): problem.message
    case .nameTaken(let kind, let name):
      "there is \(article(kind)) \(kind) named \(quoted(name.text)) already"
    case .nameReserved(let name): "\(quoted(name.text)) is the name of a built-in role"
    case .missing(let kind, let name): "there is no \(kind) named \(quoted(name))"
    case .tokenRevoked(let name): "the token \(quoted(name.text)) is revoked"
    case .bounds(let problem): problem.description
    case .unixAccountTaken(let name): "another user has the Unix account \(quoted(name.text))"
    case .notForAPIUsers: "an API user can't log in"
    case .notForUsers: "a user has no owner, no note and no labels"
    case .noOwner: "there is no such user to be the owner"
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
    case .notAdministrator: "this needs the system role Administrator"
    case .beyond: "ask somebody who has it"
    case .toOneself: "ask somebody else who may give it"
    case .lastAdministrator: "make another enabled user Administrator first"
    case .lockOut: "have somebody else do it"
    case .readOnly: "nothing was changed; :readonly leaves it, or start without --read-only"
    case .recordingSafe:
      "popsec token reveal, its output to a file or program, or over ssh without -t, gives it elsewhere"
    case .signedOut: "ask an administrator"
    case .publicKeyTaken: "a key says who somebody is, so that it belongs to one user"
    case .badPublicKey(let problem): problem.hint
    case .nameTaken: "names are compared without regard to case; choose another"
    case .nameReserved: "choose another name"
    case .missing: "names are compared whole, without regard to case; the list commands show them"
    case .tokenRevoked: "revoking is final; add a new token"
    case .bounds: "an end must be later than the beginning"
    case .unixAccountTaken: "a Unix account belongs to one user"
    case .notForAPIUsers: "add a user instead"
    case .notForUsers: "only API users and tokens have them"
    case .noOwner: "name a user who is not deleted, or a text such as an address"
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
    case .notPermitted, .notAdministrator, .beyond, .toOneself, .lastAdministrator, .lockOut, .readOnly,
      .recordingSafe, .signedOut:
      .notPermitted
    case .missing, .unknownTokenID, .ownerDeleted, .noOwner: .noInput
    default: .badData
    }
  }
}

extension AdministrationError {
  /// Whether the request was refused for who asked, and not for what was asked.
  package var isRefusal: Bool { exitStatus == .notPermitted && self != .readOnly }
}

/// The reason why somebody may not enter, or may no longer stay.
package enum SignedOutReason: Hashable, Sendable {
  case deleted, disabled, means, nothingPermitted, otherAccount

  var message: String {
    switch self {
    case .deleted: "your user was deleted"
    case .disabled: "your user is disabled"
    case .means: "your user no longer has the SSH key or Unix account by which you came"
    case .nothingPermitted: "your user has no system role for the console"
    case .otherAccount: "your roles no longer call for this account; connect to popsec-support"
    }
  }
}

private func article(_ kind: String) -> String {
  // The article follows the spoken word: a user, an API user.
  kind != "user" && "aeiouA".contains(kind.first ?? "x") ? "an" : "a"
}

/// A name in quotes, for the middle of a message.
package func quoted(_ text: String) -> String {
  var quoted = ""
  quoted.append(quoting: text)
  return quoted
}

extension String {
  /// Appends a text in quotation marks.
  mutating func append(quoting text: String) {
    self += "\u{201C}"
    self += text
    self += "\u{201D}"
  }
}
