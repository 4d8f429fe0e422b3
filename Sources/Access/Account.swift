/// The kind of an account, which decides whether the account may log in.
package enum AccountKind: String, Codable, Hashable, Sendable, CaseIterable {
  /// A person who may log in to the console.
  case user
  /// An identity that can never log in; it consumes data with tokens.
  case apiUser

  /// The kind as it is shown on screen: "user" or "API user".
  package var title: String { self == .user ? "user" : "API user" }
}

/// A user or an API user.
package struct Account: Codable, Hashable, Sendable {
  package let id: AccountID
  package let kind: AccountKind
  package var name: Name
  package var isEnabled: Bool
  /// The Unix account by which popsec recognizes a user; an API user never has one.
  package var unixAccount: UnixAccountName?
  package let createdAt: Timestamp
  /// Who made the account, as the audit log names them; nil where that is not known.
  package let createdBy: String?
  private var about: Particulars?

  private enum CodingKeys: String, CodingKey {
    case id, kind, name, isEnabled, unixAccount, createdAt, createdBy
    case about = "particulars"
  }

  /// Of an API user; a user has none.
  package var particulars: Particulars {
    get { about ?? .none }
    set { about = kind == .apiUser ? newValue.orNothing : nil }
  }

  package init(
    id: AccountID, kind: AccountKind, name: Name, isEnabled: Bool = true,
    unixAccount: UnixAccountName? = nil, createdAt: Timestamp, createdBy: String? = nil,
    particulars: Particulars = .none
  ) {
    self.id = id
    self.kind = kind
    self.name = name
    self.isEnabled = isEnabled
    self.unixAccount = kind == .user ? unixAccount : nil
    self.createdAt = createdAt
    self.createdBy = createdBy
    about = kind == .apiUser ? particulars.orNothing : nil
  }
}

/// The name of a Unix account: 1 to 32 of `a-z 0-9 _ - .`, beginning with a letter or `_`, and optionally
/// ending in one `$`. useradd(8) gives these rules, except for the dot, which many directories allow.
package struct UnixAccountName: Hashable, Sendable, CustomStringConvertible {
  package let text: String

  package init?(_ raw: String) {
    var body = raw.utf8[...]
    if body.last == UInt8(ascii: "$") { body = body.dropLast() }
    guard (1...32).contains(raw.utf8.count), let first = body.first,
      Self.isLetter(first) || first == UInt8(ascii: "_"),
      body.allSatisfy({ Self.isLetter($0) || (0x30...0x39).contains($0) || "_-.".utf8.contains($0) })
    else { return nil }
    text = raw
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
  }

  package var description: String { text }
}

/// A named group of users and API users, which carries grants and system roles.
package struct Team: Codable, Hashable, Sendable {
  package let id: TeamID
  package var name: Name
  package var summary: Summary
  package let createdAt: Timestamp

  package init(id: TeamID, name: Name, summary: Summary = .empty, createdAt: Timestamp) {
    self.id = id
    self.name = name
    self.summary = summary
    self.createdAt = createdAt
  }
}

/// A subject: a user, an API user or a team. System roles and grants can be given to a subject.
package enum SubjectID: Codable, Hashable, Sendable {
  case account(AccountID)
  case team(TeamID)
}
