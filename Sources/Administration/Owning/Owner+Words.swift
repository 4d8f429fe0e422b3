package import Access
package import Store

extension NameBook {
  /// The users among some owners. Who is not in the book was deleted.
  package init(owners: some Sequence<Owner>, in reader: any SecurityReader) throws {
    self.init()
    try enter(owners: owners, in: reader)
  }

  package mutating func enter(owners: some Sequence<Owner>, in reader: any SecurityReader) throws {
    for case .user(let id) in owners where accounts[id] == nil {
      if let account = try reader.account(id) { accounts[id] = (account.kind, account.name) }
    }
  }

  /// As in `user:ada`, `web@example.com` or `a user who is deleted`.
  package func name(_ owner: Owner) -> String {
    switch owner {
    case .text(let owner): owner.text
    case .user(let id): accounts[id].map { Owner.userPrefix + $0.name.text } ?? Owner.deletedUserWords
    }
  }
}

extension Owner {
  package static let deletedUserWords = "a user who is deleted"
}

extension Ownership {
  package init(_ owner: Owner?, in reader: any SecurityReader) throws {
    switch owner {
    case nil: self = .none
    case .text: self = .owned
    case .user(let id):
      guard let account = try reader.account(id) else {
        self = .deletedUser
        return
      }
      self = account.isEnabled ? .owned : .disabledUser
    }
  }
}
