package import Access
package import Store

/// What somebody typed to find users or API users. Of API users, words such as `env=prod` are labels, and what follows
/// `owner:` is the owner: the name of a user, another text, or `none`. The rest is a part of a name.
package struct AccountFind: Hashable, Sendable {
  private static let ownerPrefix = "owner:"

  package let matching: SearchText?
  package let labels: [Label]
  /// Nil where no owner was typed.
  package let owner: String?

  package init(_ text: String, _ kind: AccountKind) {
    guard kind == .apiUser else {
      (matching, labels, owner) = (SearchText(text), [], nil)
      return
    }
    var (labels, names): ([Label], [Substring]) = ([], [])
    let parts = text.split(separator: Self.ownerPrefix, maxSplits: 1, omittingEmptySubsequences: false)
    for word in parts[0].split(separator: " ") {
      if let label = try? Label(word) { labels.append(label) } else { names.append(word) }
    }
    let rest = labels.isEmpty && parts.count == 1 ? text : names.joined(separator: " ")
    (matching, self.labels) = (SearchText(rest), labels)
    let owner = parts.count == 1 ? nil : Self.trimmed(parts[1])
    self.owner = owner?.isEmpty == false ? owner : nil
  }

  private static func trimmed(_ text: Substring) -> String {
    text.split(separator: " ").joined(separator: " ")
  }

  /// The query that finds them. A name of no user is taken for another text.
  package func query(
    _ kind: AccountKind, order: AccountOrder = .name, isDescending: Bool = false, _ reader: any SecurityReader
  ) throws -> AccountQuery {
    AccountQuery(
      kind: kind, matching: matching, filter: ParticularsFilter(labels: labels, owner: try condition(reader)),
      order: order, isDescending: isDescending)
  }

  private func condition(_ reader: any SecurityReader) throws -> ParticularsFilter.OwnerCondition? {
    guard let owner else { return nil }
    if owner == "none" { return .nobody }
    let isUser = owner.hasPrefix(Owner.userPrefix)
    if let name = try? Name(isUser ? String(owner.dropFirst(Owner.userPrefix.count)) : owner),
      let user = try reader.account(.user, named: NameKey(name))
    {
      return .owner(.user(user.id))
    }
    return (try? OwnerText(owner)).map { .owner(.text($0)) }
  }
}
