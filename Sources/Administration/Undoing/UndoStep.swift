internal import Access

/// One thing that a transaction changed: what it was and what it became, and so what takes it back. Ids and
/// values alone, never a secret.
struct UndoStep: Codable, Hashable, Sendable {
  /// What it was called then.
  let name: String
  let change: Change

  /// A value that was changed; nil where there was, or is, no such thing.
  struct Turn<Value: Codable & Hashable & Sendable>: Codable, Hashable, Sendable {
    let was: Value?
    let became: Value?
    /// What a thing has that came, or had that went: so that what was given to it since isn't taken away with it.
    var holdings: String?
    /// By which ``Deletion/number`` it went, or had gone before it came back. Deleted once more by the same number,
    /// it is as if it had never come back.
    var deletion: Int64?
    /// Whether it came without the parts that had gone with it. Nil where it is the same.
    var isPartless: Bool?
    /// What it was called while it was deleted, where it came back under another name.
    var formerName: String?

    init(
      was: Value?, became: Value?, holdings: String? = nil, deletion: Int64? = nil, isPartless: Bool = false,
      formerName: String? = nil
    ) {
      self.formerName = formerName
      self.was = was
      self.became = became
      self.holdings = holdings
      self.deletion = deletion
      self.isPartless = isPartless && deletion != nil ? true : nil
    }

    enum Course { case came, went, changed }

    var course: Course {
      if was == nil { return .came }
      return became == nil ? .went : .changed
    }
  }

  enum Change: Codable, Hashable, Sendable {
    case account(id: SavedID, isUser: Bool, turn: Turn<SavedAccount>)
    case keys(account: SavedID, turn: Turn<[String]>)
    case team(id: SavedID, turn: Turn<SavedTeam>)
    case member(team: SavedID, account: SavedID, accountName: String, joined: Bool)
    case role(id: SavedID, turn: Turn<SavedRole>)
    case roles(subject: SavedSubject, turn: Turn<[String]>)
    case grant(subject: SavedSubject, connector: SavedID, connectorName: String, turn: Turn<SavedPermissions>)
    /// What a token has beside its Token ID; one that went was revoked for good.
    case token(id: SavedID, account: SavedID, owner: String, turn: Turn<SavedToken>)
    case entry(turn: Turn<SavedEntry>)
    /// Of the whole store where there is no user. The values are as the store keeps them; nil for the default.
    case setting(key: String, user: SavedID?, turn: SavedSetting)
    /// What can't be taken back.
    case final(SavedFinality)
  }

  var isFinal: Bool {
    switch change {
    case .final: true
    case .token(_, _, _, let turn): turn.course == .went
    default: false
    }
  }
}

/// Why something can't be taken back.
enum SavedFinality: String, Codable, Hashable, Sendable {
  /// A token has a new Token ID.
  case rotation
  /// What left the catalogue was dropped from a grant.
  case dropping
}

/// What a setting was and became; nil for its default.
struct SavedSetting: Codable, Hashable, Sendable {
  var was: String?
  var became: String?
}

/// An id as ``Identifier/description`` writes it.
typealias SavedID = String

enum SavedSubject: Codable, Hashable, Sendable {
  case account(SavedID, isUser: Bool)
  case team(SavedID)
}

struct SavedAccount: Codable, Hashable, Sendable {
  var name: String
  var isEnabled: Bool
  var unixAccount: String?
}

struct SavedTeam: Codable, Hashable, Sendable {
  var name: String
  var summary: String
}

struct SavedRole: Codable, Hashable, Sendable {
  var name: String
  var summary: String
  /// Sorted.
  var permissions: [String]
}

struct SavedToken: Codable, Hashable, Sendable {
  var name: String
  /// Seconds since 1970; nil: never.
  var expiresAt: Int64?
  var isDisabled: Bool
  var limits: Limits

  struct Limits: Codable, Hashable, Sendable {
    var widgets: [SavedID]
    var endpoints: [SavedID]
    var networks: [String]
    var requestsPerMinute: Int?
  }
}

/// What a grant gives; each part nil for all of it. Sorted, so that equal ones are equal.
struct SavedPermissions: Codable, Hashable, Sendable {
  var roles: [String]
  var companies: [SavedID]?
  var lists: [SavedID]?
  /// By kind; those that are absent give none. Each item is its list's id and its own.
  var items: [String: Items]
  /// Parts that left the catalogue, of which a grant that is made smaller may lose some.
  var goneCompanies: [SavedID] = []
  var goneLists: [SavedID] = []
  var goneItems: [SavedID] = []

  struct Items: Codable, Hashable, Sendable {
    var only: [[SavedID]]?
  }
}

/// Something of the catalogue; what its kind hasn't is nil.
struct SavedEntry: Codable, Hashable, Sendable {
  var kind: String
  var id: SavedID
  var name: String
  var connector: SavedID?
  var list: SavedID?
  var group: String?
  var itemKind: String?
  var url: String?
  /// Nil for a prefix, as in documents from before endpoints could match otherwise.
  var match: String?
  var lists: [SavedID]?
  var methods: [String]?
  var isEnabled: Bool?
  var isOpen: Bool?
  var parameters: [String: String]?
}
