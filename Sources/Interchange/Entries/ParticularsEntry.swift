import Access
import Store

/// What a file says about an API user or a token beside what it may do.
struct ParticularsEntry: Sendable {
  var owner: OwnerEntry?
  var note = Note.empty
  var labels = Labels.none
}

enum OwnerEntry: Sendable {
  case user(Named)
  case text(OwnerText)

  var user: Named? {
    if case .user(let named) = self { named } else { nil }
  }
}

/// What API users and tokens have alike.
protocol ParticularsEntryKey: EntryKey {
  /// The key `owner`.
  static var ownerOfIt: Self { get }
  static var note: Self { get }
  static var labels: Self { get }
}

/// Of an owner who is a user.
enum OwnerKey: String, EntryKey {
  case user
  static let owner = "an owner"
  static let required: Set<OwnerKey> = [.user]
}

extension SecurityFile {
  /// The users whom the file names as owners, each once.
  var ownersNamed: [NameKey: Name] {
    var names: [NameKey: Name] = [:]
    for entry in (apiUsers ?? []) + (users ?? []) {
      if let user = entry.particulars.owner?.user { names[user.key] = user.name }
      for token in entry.tokens ?? [] {
        if let user = token.particulars.owner?.user { names[user.key] = user.name }
      }
    }
    return names
  }
}
