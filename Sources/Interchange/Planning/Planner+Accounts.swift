import Access
import Store

extension Planner {
  /// The changes to one kind of account. `draft` receives the accounts to change. The store's accounts are
  /// read by pages, so that only the file's accounts are in memory.
  func accounts(_ kind: AccountKind, _ draft: inout Draft.Accounts) throws -> [PlannedChange] {
    let section: FileSection = kind == .user ? .users : .apiUsers
    guard let entries = file.entries(of: section) else { return [] }
    var unseen: [NameKey: Int] = [:]
    for (index, entry) in entries.enumerated() { unseen[entry.named.key] = index }
    var changes: [(key: NameKey, change: PlannedChange)] = []
    try reader.forEachAccount(AccountQuery(kind: kind), now: now) { account in
      let key = NameKey(account.name)
      if let index = unseen.removeValue(forKey: key) {
        steps.did()
        guard let change = try change(entries[index], account, section) else { return }
        draft.changed.append((account.id, index))
        changes.append((key, change))
      } else {
        draft.removed.append(account.id)
        changes.append((key, try removal(account, section)))
      }
    }
    draft.added = unseen.values.sorted()
    for index in draft.added {
      steps.did()
      let fields = titles.words(nil, resolver.account(entries[index]))
      changes.append(
        (entries[index].named.key, PlannedChange(section, .added, entries[index].named.name.text, fields)))
    }
    return changes.sorted { $0.key < $1.key }.map(\.change)
  }

  /// Nil where nothing of the account changes.
  private func change(
    _ entry: AccountEntry, _ account: Account, _ section: FileSection
  ) throws -> PlannedChange? {
    let after = resolver.account(entry)
    let before = try AccountContent(account, tokensBy: after.tokens.map { _ in known }, reader)
    guard !before.isSettled(by: after) else { return nil }
    let fields = titles.words(before, after)
    guard !fields.isEmpty else { return nil }
    return PlannedChange(
      section, .changed, account.name.text, fields, widened: titles.widened(before, after, from: now))
  }

  private func removal(_ account: Account, _ section: FileSection) throws -> PlannedChange {
    var words = Words()
    for token in try reader.tokens(of: account.id) where token.revokedAt == nil {
      words.add("token \(token.name.text)", nil, "revoked for good")
    }
    return PlannedChange(section, .removed, account.name.text, words.fields)
  }
}
