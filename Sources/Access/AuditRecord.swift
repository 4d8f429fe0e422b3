/// Which face of popsec a change was made through.
package enum FrontEnd: String, Hashable, Sendable, CaseIterable {
  case console, commandLine
}

/// Who makes a change, and through what.
package struct Actor: Hashable, Sendable {
  /// The name under which a change is recorded; harmless text of at most 200 characters.
  package let name: String
  package let frontEnd: FrontEnd
  /// The user that they are; nil for who has none, such as the owner of the store's files.
  package let user: AccountID?
  /// The fingerprint of the SSH key by which they came, as `SHA256:…`.
  package let keyFingerprint: String?
  /// The address from which they came over SSH.
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
    String(String.UnicodeScalarView(text.unicodeScalars.prefix(200).map { $0.value < 0x20 ? "?" : $0 }))
  }
}

/// What a change was made to. The name is the one it had then.
package struct AuditTarget: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case store, grant, token
    /// What is kept for a while when it is deleted.
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
    case .kept(let kind): kind.rawValue
    }
  }
}

/// One row of the audit log. Rows are chained: each holds the hash of the one before, and
/// its own hash is over all its fields and that.
package struct AuditRecord: Hashable, Sendable {
  /// 1, 2, 3, …
  package let sequence: Int64
  package let at: Timestamp
  package let actor: Actor
  /// As in `token.revoke`.
  package let action: String
  package let target: AuditTarget
  /// What was before and after, as JSON; never a secret.
  package let details: String
  /// SHA-256, 32 bytes; of the first row 32 zeros.
  package let previousHash: [UInt8]
  /// SHA-256, 32 bytes.
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
  /// What the first row of a store's log says was done.
  package static let firstAction = "store.init"
  /// What a row is called that takes a gate's key out of use for good.
  package static let retiringGateKey = "store.retireGateKey"

  /// Whether it tells of a change to its target, and not merely of somebody who looked, copied, came or was refused.
  package var isChange: Bool {
    !["token.copy", "token.reveal"].contains(action)
      && !["access.", "session.", "attempt."].contains(where: action.hasPrefix)
  }
}
