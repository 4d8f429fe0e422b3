import Access
import Administration

extension EntryOutput {
  /// Nil where an owner was deleted, whom a file can't name.
  func owner(_ particulars: Particulars) -> DocumentValue? {
    switch particulars.owner {
    case nil: nil
    case .text(let owner): .text(owner.text)
    case .user(let id):
      titles.accounts[id].map { user in .entry { (_: OwnerKey) in .text(user.name.text) } }
    }
  }

  func note(_ particulars: Particulars) -> DocumentValue? {
    particulars.note.isEmpty ? nil : .text(particulars.note.text)
  }

  func labels(_ particulars: Particulars) -> DocumentValue? { labels(particulars.labels) }

  func labels(_ labels: Labels) -> DocumentValue? {
    let pairs = labels.pairs
    return pairs.isEmpty
      ? nil : .mapping(pairs.map { DocumentValue.Member(key: $0.key, value: .text($0.value)) })
  }
}
