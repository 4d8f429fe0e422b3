/// Who answers for an API user or a token: a user of popsec, or somebody whom a text names, such as an address.
package enum Owner: Hashable, Sendable {
  case user(AccountID)
  case text(OwnerText)
}

/// The text that names an owner who is no user of popsec: 1 to 100 characters under the rules of a ``Name``. The
/// text does not begin with ``Owner/userPrefix``, by which people name a user.
package struct OwnerText: Hashable, Sendable, CustomStringConvertible {
  package let text: String

  package init(_ raw: String) throws(OwnerProblem) {
    do { text = try Name(raw).text } catch { throw .name(error) }
    guard !text.hasPrefix(Owner.userPrefix) else { throw .looksLikeUser }
  }

  package var description: String { text }
}

extension Owner {
  /// People write a user as an owner with this before the name: `user:ada`.
  package static let userPrefix = "user:"
}

/// The reason why a text does not name an owner.
package enum OwnerProblem: Error, Hashable, Sendable, CustomStringConvertible {
  case name(NameProblem)
  /// The text would be read as the name of a user.
  case looksLikeUser

  package var description: String {
    switch self {
    case .name(let problem): problem.description(of: "an owner")
    case .looksLikeUser: "the text of an owner must not begin with \(Owner.userPrefix)"
    }
  }
}

extension Owner: CodedAsText {
  /// `user:` and the id of a user, or the text.
  package var codedText: String {
    switch self {
    case .user(let id): Self.userPrefix + id.description
    case .text(let owner): owner.text
    }
  }

  package init?(codedText: String) {
    if codedText.hasPrefix(Self.userPrefix) {
      guard let id = AccountID(codedText.dropFirst(Self.userPrefix.count)) else { return nil }
      self = .user(id)
    } else {
      guard let owner = try? OwnerText(codedText) else { return nil }
      self = .text(owner)
    }
  }
}
