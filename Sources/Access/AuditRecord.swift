/// The part of popsec through which a change was made.
package enum FrontEnd: String, Hashable, Sendable, CaseIterable {
  case console, commandLine
}

/// The person who makes a change, and the way by which they came.
package struct Actor: Hashable, Sendable {
  /// The name under which a change is recorded; harmless text of at most 200 characters.
  package let name: String
  package let frontEnd: FrontEnd
  /// The user who makes the change; nil where the person is not a user, such as the owner of the store's
  /// files.
  package let user: AccountID?
  /// The fingerprint of the SSH key with which the person logged in, as `SHA256:…`.
  package let keyFingerprint: String?
  /// The address from which the person came over SSH.
  package let source: String?

  package init(
    name: String, frontEnd: FrontEnd, user: AccountID? = nil, keyFingerprint: String? = nil,
    source: String? = nil
  ) {
    self.name = Self.harmless(name)
    self.frontEnd = frontEnd
    self.user = user
    self.keyFingerprint = keyFingerprint.map(Self.harmless)
    self.source = source.map(Self.harmless)
  }

  private static func harmless(_ text: String) -> String {
    // Nearly every text is harmless as it is, and to make it anew of its scalars takes long.
    if text.utf8.count <= 200, text.utf8.allSatisfy({ $0 >= 0x20 }) { return text }
    return String(
      String.UnicodeScalarView(text.unicodeScalars.prefix(200).map { $0.value < 0x20 ? "?" : $0 }))
  }
}

/// The thing to which a change was made. Its name is the name at the time of the change.
package struct AuditTarget: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case store, grant, token, law
    /// A thing that is kept for a while after it is deleted.
    case kept(DeletedKind)

    package static var user: Kind { .kept(.user) }
    package static var apiUser: Kind { .kept(.apiUser) }
    package static var team: Kind { .kept(.team) }
    package static var role: Kind { .kept(.role) }
  }

  package let kind: Kind
  package let id: String
  package let name: String

  package init(_ kind: Kind, id: String, name: String) {
    self.kind = kind
    self.id = id
    self.name = name
  }
}

extension AuditTarget.Kind: RawRepresentable {
  package init?(rawValue: String) {
    switch rawValue {
    case "store": self = .store
    case "grant": self = .grant
    case "token": self = .token
    case "law": self = .law
    default:
      guard let kind = DeletedKind(rawValue: rawValue) else { return nil }
      self = .kept(kind)
    }
  }

  package var rawValue: String {
    switch self {
    case .store: "store"
    case .grant: "grant"
    case .token: "token"
    case .law: "law"
    case .kept(let kind): kind.rawValue
    }
  }
}

/// One row of the audit log. Rows are chained: each holds the hash of the row before, and its own hash covers
/// that hash and all its fields.
package struct AuditRecord: Hashable, Sendable {
  /// The row's number; the first row is 1.
  package let sequence: Int64
  package let at: Timestamp
  package let actor: Actor
  /// The action, such as `token.revoke`.
  package let action: String
  package let target: AuditTarget
  /// The values before and after the change, as JSON; never a secret.
  package let details: String
  /// The SHA-256 of the row before, 32 bytes; in the first row 32 zeros.
  package let previousHash: [UInt8]
  /// The SHA-256 of this row, 32 bytes.
  package let hash: [UInt8]

  package init(
    sequence: Int64, at: Timestamp, actor: Actor, action: String, target: AuditTarget, details: String,
    previousHash: [UInt8], hash: [UInt8]
  ) {
    self.sequence = sequence
    self.at = at
    self.actor = actor
    self.action = action
    self.target = target
    self.details = details
    self.previousHash = previousHash
    self.hash = hash
  }
}

extension AuditRecord {
  /// The action of the first row of every store's log.
  package static let firstAction = "store.init"
  /// The action of a row that retires a gate's key for good.
  package static let retiringGateKey = "store.retireGateKey"

  /// Whether the row tells of a change to its target. Other rows tell that somebody looked, copied, logged in
  /// or was refused, or what a gate did.
  package var isChange: Bool {
    !["token.copy", "token.reveal"].contains(action)
      && !["access.", "session.", "attempt.", "gate."].contains(where: action.hasPrefix)
  }
}
