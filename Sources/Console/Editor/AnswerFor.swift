import Access
import Administration
import Store

/// Who answers for a token, in words.
struct AnswerFor: Sendable {
  let owner: String?
  /// What is amiss, as in `no owner`; nil where nothing is.
  let finding: String?

  init(_ token: Token, _ reader: any SecurityReader) throws {
    let account = try reader.account(token.account)
    let owner = token.particulars.owner ?? account?.particulars.owner
    let names = try NameBook(owners: [owner].compactMap(\.self), in: reader)
    self.owner = owner.map { names.name($0) + (token.particulars.owner == nil ? ", of its user" : "") }
    finding = owner == nil && account?.kind == .user ? nil : try Ownership(owner, in: reader).finding
  }

  var text: String? {
    let parts = [owner, finding].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}
