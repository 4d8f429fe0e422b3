import Access
import Store

/// A law in a file. The names in it are kept as written, because a law may name what does not exist yet.
struct LawEntry: Sendable {
  let named: Named
  let law: Law<AsWritten>
}

enum LawKey: String, EntryKey {
  case name, reason, mode
  case exceptions = "except"
  case never, apart, within, tokens, owned
  static let owner = "a law"
  static let required: Set<LawKey> = [.name]
  /// The keys of the forms, of which a law has exactly one.
  static let forms: [LawKey] = [.never, .apart, .within, .tokens, .owned]
}

/// Who is excepted from a law.
enum LawExceptionKey: String, EntryKey {
  case apiUser, until
  static let owner = "an exception"
  static let required: Set<LawExceptionKey> = [.apiUser, .until]
}

enum NeverKey: String, EntryKey {
  case who, what
  static let owner = "never"
  static let required: Set<NeverKey> = [.who, .what]
}

enum ApartKey: String, EntryKey {
  case who, what
  case other = "and"
  static let owner = "apart"
  static let required: Set<ApartKey> = [.who, .what, .other]
}

enum WithinKey: String, EntryKey {
  case who
  case team = "of"
  static let owner = "within"
  static let required: Set<WithinKey> = [.who, .team]
}

enum TokenDemandKey: String, EntryKey {
  case who, maxDays, expiring, networks, limited, unusedDays
  static let owner = "tokens"
  static let required: Set<TokenDemandKey> = [.who]
  /// The word by which a law demands that a token be limited.
  static let demand = "required"
}

enum OwnedKey: String, EntryKey {
  case who
  static let owner = "owned"
  static let required: Set<OwnedKey> = [.who]
}

enum LawWhoKey: String, EntryKey {
  case apiUsers, users
  static let owner = "who"
}

/// Accounts that are chosen by what they have.
enum LawSelectionKey: String, EntryKey {
  case labels, teams
  static let owner = "a choice of accounts"
}

enum LawWhatKey: String, ItemsEntryKey {
  case connector, companies, lists, actions, details, listActions
  static let owner = "what a law is about"
  static let required: Set<LawWhatKey> = [.connector]
}
